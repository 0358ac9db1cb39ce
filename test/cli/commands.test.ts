import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedKnowledge } from '../../adapters/knowledge-files.ts';
import { runProgram } from '../support/spawned.ts';

const licence = (args: readonly string[], input = '') => runProgram(['adapters/cli/main.ts', ...args], input);
const linesOf = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('lookup --json', () => {
  test('answers every line in its place, in order, the bad ones too', async () => {
    const input = [
      '{"id":"1","text":"0xc004fc07"}',
      'not json',
      '{"id":7}',
      '{"id":3,"text":"エラー ０ｘＣ００４Ｆ０７４ です"}',
      '',
    ].join('\n');
    const { code, output } = await licence(['lookup', '--json'], input);
    expect(code).toBe(0);
    expect(linesOf(output)).toMatchObject([
      { id: '1', locale: 'en', code: '0xC004FC07', known: true, desk: 'reseller' },
      { id: null, error: expect.any(String) },
      { id: 7, error: expect.any(String) },
      { id: 3, locale: 'ja', code: '0xC004F074', known: true, desk: 'internal' },
    ]);
  });

  test('gives a known code with its meaning, causes, check, fixes and sources in the language asked for', async () => {
    const { output } = await licence(['lookup', '--json'], '{"id":"1","text":"0xC004FC07","locale":"ja"}\n');
    const [answer = {}] = linesOf(output);
    expect(answer.title).toMatch(/有効期間/);
    for (const list of ['causes', 'fixes', 'sources']) expect(answer[list]).not.toHaveLength(0);
    expect(String(answer.check)).toContain('DISM /online /Get-CurrentEdition');
  });

  test('says honestly that a code is unknown, with near ones', async () => {
    const { output } = await licence(['lookup', '--json'], '{"id":"1","text":"0xC004FC08"}\n');
    expect(linesOf(output)).toMatchObject([
      { code: '0xC004FC08', known: false, title: null, suggestions: expect.arrayContaining(['0xC004FC07']) },
    ]);
  });

  test('finds no code in a text without one', async () => {
    const { output } = await licence(['lookup', '--json'], '{"id":"1","text":"hello"}\n');
    expect(linesOf(output)).toMatchObject([{ code: null, known: false }]);
  });
});

describe('slack-manifest', () => {
  test('prints what ships for Socket Mode', async () => {
    const shipped = readFileSync('adapters/slack/manifest.yaml', 'utf8');
    const { code, output } = await licence(['slack-manifest']);
    expect(code).toBe(0);
    expect(output).toBe(shipped.slice(shipped.indexOf('\n') + 1));
  });

  test('names our addresses for HTTP', async () => {
    const { output } = await licence(['slack-manifest', '--url', 'https://desk.example.com/']);
    for (const line of [
      'request_url: https://desk.example.com/slack/events',
      '- https://desk.example.com/slack/oauth_redirect',
      'socket_mode_enabled: false',
    ])
      expect(output).toContain(line);
  });

  test.each(['http://desk.example.com', 'desk.example.com'])('refuses %s, which Slack would not call', async (url) => {
    const { code, output } = await licence(['slack-manifest', `--url=${url}`]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
  });
});

describe('read --json', () => {
  test('reads a pasted output and masks its key', async () => {
    const text =
      'Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nLicense Status: Notification\nNotification Reason: 0xC004FC07.\nkey BCDFG-HJKMP-QRTVW-XY234-6789B';
    const { output } = await licence(['read', '--json'], `${JSON.stringify({ id: 'a', text })}\n`);
    expect(linesOf(output)).toMatchObject([
      {
        id: 'a',
        kind: 'slmgr-dli',
        language: 'en',
        fields: {
          edition: 'ServerStandardEval',
          channel: 'TIMEBASED_EVAL',
          licenceStatus: 'notification',
          reason: '0xC004FC07',
        },
        prefilled: { 'installed-edition-id': 'standard-eval', 'key-channel': 'evaluation' },
        redactions: { productKey: 1 },
      },
    ]);
    expect(output).not.toContain('BCDFG');
  });
});

describe('flow', () => {
  test('draws a flow with the answers on its edges', async () => {
    const { code, output } = await licence(['flow', 'evaluation', '--locale=ja']);
    expect(code).toBe(0);
    expect(output).toMatch(/^flowchart TD/);
    expect(output).toContain('domain-controller -->|"ドメイン コントローラー: はい"| evaluation-on-dc');
  });

  test('names the flows there are when there is no such one', async () => {
    const { code, errors } = await licence(['flow', 'nowhere']);
    expect(code).toBe(2);
    expect(errors).toContain('evaluation');
  });
});

describe('check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'licence-desk-knowledge-'));
    cpSync(shippedKnowledge, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds the shipped knowledge sound', async () => {
    const { code, output } = await licence(['check']);
    expect(code).toBe(0);
    expect(output).toContain('553 codes');
  });

  test('reports a broken copy with file, line and advice, and fails', async () => {
    const file = join(folder, 'flows/evaluation.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('go: licence-owned', 'go: licence-ownd'));
    const { code, errors } = await licence(['check', folder]);
    expect(code).toBe(1);
    expect(errors).toMatch(/flows\/evaluation\.yaml:\d+:\d+ .*did you mean licence-owned/);
  });
});

test('a command that does not exist shows the commands there are', async () => {
  const { code, errors } = await licence(['nonsense']);
  expect(code).toBe(2);
  expect(errors).toContain('lookup <code>');
});
