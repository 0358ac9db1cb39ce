import { describe, expect, test } from 'vitest';
import { flowPolicies } from '../../src/conversation/policies.ts';
import { KnowledgeError } from '../../src/errors.ts';
import { parseKnowledge } from '../../src/knowledge/parse.ts';
import type { Locale } from '../../src/text/locale.ts';
import { shippedFiles } from '../support/knowledge.ts';

/** What the check says about a sentence that stands in a language. */
function problemsWith(locale: Locale, sentence: string): readonly string[] {
  const file = `text/${locale}/interface.yaml`;
  const texts = (shippedFiles().get(file) ?? '').replace(/^kept: .*$/m, `kept: ${JSON.stringify(sentence)}`);
  try {
    parseKnowledge(new Map([...shippedFiles(), [file, texts]]), flowPolicies);
    return [];
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return error.problems.filter((problem) => problem.file === file).map(({ message }) => message);
  }
}

describe('the glossary', () => {
  test.each<[Locale, string, string]>([
    ['en', 'Ask the KMS server.', 'kept: write KMS host, not KMS server: see glossary.yaml'],
    ['en', 'Ask the KMS servers.', 'kept: write KMS host, not KMS servers: see glossary.yaml'],
    ['en', 'Grace time is over.', 'kept: write grace period, not Grace time: see glossary.yaml'],
    ['en', 'Type the installation ID.', 'kept: write Installation ID, not installation ID: see glossary.yaml'],
    ['en', '**KMS server**', 'kept: write KMS host, not KMS server: see glossary.yaml'],
    ['ja', 'アクティベーションします。', 'kept: write ライセンス認証, not アクティベーション: see glossary.yaml'],
    ['ja', 'このサーバで実行します。', 'kept: write サーバー, not サーバ: see glossary.yaml'],
  ])('finds the wrong wording in %s: %s', (locale, sentence, problem) => {
    expect(problemsWith(locale, sentence)).toEqual([problem]);
  });

  test.each<[Locale, string]>([
    ['en', 'Ask the KMS host for its Installation IDs.'],
    ['en', 'Active Directory-based activation and AD-based activation are one thing.'],
    ['en', 'Windows prints "grace time expired".'],
    ['en', 'Industrial retrials have nothing to do with it.'],
    ['ja', 'サーバー、ユーザー、コンピューターを確認します。'],
    ['ja', '残りの Windows 猶予期限リセット可能回数を確認します。'],
  ])('leaves the right wording alone in %s: %s', (locale, sentence) => {
    expect(problemsWith(locale, sentence)).toEqual([]);
  });

  test('leaves commands alone', () => {
    const problems = problemsWith('en', 'Run `net start "KMS server"`.');
    expect(problems.filter((problem) => problem.includes('glossary'))).toEqual([]);
  });
});
