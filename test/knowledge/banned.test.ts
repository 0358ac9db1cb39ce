import { expect, test } from 'vitest';
import { flowPolicies } from '../../src/conversation/policies.ts';
import { KnowledgeError } from '../../src/errors.ts';
import { parseKnowledge } from '../../src/knowledge/parse.ts';
import type { Locale } from '../../src/text/locale.ts';
import { shippedFiles, shippedKnowledge } from '../support/knowledge.ts';

/** What the check says about sentences that stand in a language, in their order. */
function problemsWith(locale: Locale, sentences: readonly string[]): readonly string[] {
  const file = `text/${locale}/flows/service.yaml`;
  const texts = (shippedFiles().get(file) ?? '').replace(
    /^outcomes:\n/m,
    `outcomes:\n  extra: { title: Extra, steps: ${JSON.stringify(sentences)} }\n`,
  );
  try {
    parseKnowledge(new Map([...shippedFiles(), [file, texts]]), flowPolicies);
    return [];
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return error.problems.map(({ message }) => message).filter((message) => message.includes('outcomes.extra.steps'));
  }
}

const refused: Readonly<Record<Locale, readonly (readonly [ban: string, sentence: string])[]>> = {
  en: [
    ['remove-key', 'Run `slmgr /upk`, then `slmgr /ipk` with the new key.'],
    ['remove-key', 'Remove the key with `slmgr.vbs -upk` first.'],
    ['client-key-alone', 'A published client key is a licence.'],
    ['activators', 'Point the server at a public KMS host.'],
    ['activators', 'KMSPico does it in a minute.'],
    ['rds-grace-reset', 'Delete the value under `HKLM\\...\\RCM\\GracePeriod`.'],
    ['delete-store', 'Stop sppsvc, then `del %windir%\\System32\\spp\\store\\2.0\\tokens.dat`.'],
    ['delete-store', 'Delete the file tokens.dat.'],
    ['rename-without-copy', 'Run `ren tokens.dat tokens.bar` and restart.'],
    ['reset-rights', 'Run `icacls %windir%\\System32\\spp /reset /t`.'],
    ['reset-rights', 'Run `winmgmt /resetrepository`.'],
    ['counter-tricks', 'Set `SkipRearm` to 1 in the registry.'],
    ['counter-tricks', 'Set the clock back by a month.'],
    ['domain-controller', 'Demote the server, convert it, promote it.'],
    ['telephone', 'Run `slui 4` and call the number shown.'],
    ['telephone', 'The number is 0120-801-734.'],
    ['proxy-reset', 'Run `netsh winhttp reset proxy`.'],
    ['protection-off', 'Run `netsh advfirewall set allprofiles state off`.'],
    ['protection-off', 'Disable the firewall and try again.'],
    ['whole-key-in-chat', 'Send us the full product key.'],
    ['activated-is-licensed', 'It was activated, so it is licensed.'],
    ['same-key-again', 'Against 0xC004FC07 use offline activation.'],
    ['oem-elsewhere', 'Enter the OEM key on another server.'],
  ],
  ja: [
    ['remove-key', '先に `slmgr /upk` を実行します。'],
    ['client-key-alone', 'GVLKを恒久的に使います。'],
    ['activators', '公開の KMS ホストを指定します。'],
    ['rds-grace-reset', 'リモート デスクトップの猶予期間をリセットします。'],
    ['delete-store', 'tokens.dat を削除してください。'],
    ['rename-without-copy', '`ren tokens.dat tokens.bar` を実行し、再起動します。'],
    ['reset-rights', '`winmgmt /resetrepository` を実行します。'],
    ['counter-tricks', '時計を戻します。'],
    ['domain-controller', 'サーバーを降格してから変換します。'],
    ['telephone', '`slui 4` を実行します。'],
    ['telephone', '0120-801-734 におかけください。'],
    ['proxy-reset', '`netsh winhttp reset proxy` を実行します。'],
    ['protection-off', 'ファイアウォールを無効にします。'],
    ['whole-key-in-chat', 'プロダクト キー全体をここに貼り付けてください。'],
    ['activated-is-licensed', '認証されたのでライセンスがあります。'],
    ['same-key-again', '0xC004FC07 にはオフライン認証を試します。'],
    ['oem-elsewhere', 'OEM のキーを別のサーバーに入力します。'],
  ],
};

const allowed: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'Only on the server that is being retired: `slmgr /upk`.',
    'Do not run `icacls /reset`.',
    'Keep the old file as the backup: `ren tokens.dat tokens.bar`.',
    'Demote it only when another domain controller holds its roles.',
    'Note the old value, then `netsh winhttp reset proxy`.',
    'Never disable the firewall for it.',
    'Advice with `slui 4` is the old way.',
    'An OEM key never activates another server: do not enter the OEM key on other hardware.',
    'Build 10.0.20348 and KB5005033 are right.',
  ],
  ja: [
    '廃止するサーバーでだけ `slmgr /upk` を実行します。',
    '`ren tokens.dat tokens.bar` で古いファイルを残します。',
    '別のドメイン コントローラーがあれば降格します。',
    '現在の値を控えてから `netsh winhttp reset proxy` を実行します。',
    'ファイアウォールを無効にしないでください。',
  ],
};

test.each<Locale>(['en', 'ja'])('advice nobody should follow is refused in %s, and named', (locale) => {
  const problems = problemsWith(
    locale,
    refused[locale].map(([, sentence]) => sentence),
  );
  for (const [index, [ban, sentence]] of refused[locale].entries())
    expect(
      problems.filter((message) => message.startsWith(`outcomes.extra.steps.${index}:`)).join('\n'),
      sentence,
    ).toContain(`(${ban} in banned.yaml)`);
});

test.each<Locale>(['en', 'ja'])('every ban of banned.yaml has a sentence it refuses in %s', (locale) => {
  expect(new Set(refused[locale].map(([ban]) => ban))).toEqual(new Set(shippedKnowledge().banned.map(({ id }) => id)));
});

test.each<Locale>(['en', 'ja'])('a warning, and the place where a thing is right, pass in %s', (locale) => {
  expect(problemsWith(locale, allowed[locale])).toEqual([]);
});

test('advice that is spread over the steps of an entry is refused where it ends', () => {
  const file = 'text/en/errors/time-based.yaml';
  const spread = (shippedFiles().get(file) ?? '').replace(
    /^ {6}- "Finish: .*$/m,
    '      - Enter the same key\n      - Sign in to aka.ms/aoh with it.',
  );
  const problems = () => parseKnowledge(new Map([...shippedFiles(), [file, spread]]), flowPolicies);
  expect(problems).toThrow(/codes\.0xC004FC07\.fixes\.4: this is advice we never give.*same-key-again/);
  expect(problems).toThrow(/codes\.0xC004FC07\.fixes\.5: this is advice we never give.*same-key-again/);
  expect(problemsWith('en', ['Disable the firewall', 'Disable the', 'firewall and try again.'])).toEqual([
    expect.stringContaining('steps.0: this is advice'),
    expect.stringContaining('steps.2: this is advice'),
  ]);
});

test('a key in a sentence is refused, and a published one by its name', () => {
  const [published] = shippedKnowledge().editions.keys;
  expect(
    problemsWith('en', [
      `Enter \`slmgr /ipk ${published?.key}\`.`,
      'Enter ABCDE-12345-FGHIJ-67890-KLMNO.',
      'It looks like XXXXX-XXXXX-XXXXX-XXXXX-XXXXX.',
    ]),
  ).toEqual([
    expect.stringContaining(`steps.0: the published key ${published?.id} stands in this sentence`),
    expect.stringContaining('steps.1: a product key stands in this sentence: remove it'),
  ]);
});
