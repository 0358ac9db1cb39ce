import { expect, test } from 'vitest';
import { policies } from '../../src/licensing/policies.ts';
import { standingVerdict, type Verdict } from '../../src/licensing/verdict.ts';
import { Words } from '../../src/message/phrases.ts';
import { presentVerdict } from '../../src/message/present-verdict.ts';
import { locales } from '../../src/text/locale.ts';
import { spansToText } from '../../src/text/span.ts';
import { everyCase } from '../licensing/every-case.ts';
import { decide, today } from '../licensing/tables.ts';
import { shippedKnowledge } from '../support/knowledge.ts';

const knowledge = shippedKnowledge();
const verdicts: readonly Verdict[] = [
  ...[...knowledge.rules.values()].flatMap((rule) => standingVerdict(rule) ?? []),
  ...Object.entries(policies).flatMap(([name, policy]) =>
    everyCase(policy).map((facts) => decide(name, facts, today).verdict),
  ),
];

test.each(locales)('no verdict is headed by its word alone, in %s', (locale) => {
  const words = new Words(knowledge, locale);
  const phrases = ['verdict-yes', 'verdict-no', 'verdict-depends', 'verdict-unknown'] as const;
  const bare = new Set(phrases.map((phrase) => words.label(phrase)));
  const headed = verdicts.filter((verdict) => {
    const [first] = presentVerdict(words, verdict);
    return first?.kind === 'heading' && bare.has(spansToText(first.spans));
  });
  expect(new Set(headed.map(({ rule }) => rule))).toEqual(new Set());
});

test('a question that asks how or what is answered without a yes or a no', () => {
  const words = new Words(knowledge, 'en');
  const verdict = { verdict: 'no', rule: 'cal-not-installed', values: {}, changes: [] } as const;
  const headingOf = (wordless: boolean) => {
    const [first] = presentVerdict(words, verdict, { wordless });
    return first?.kind === 'heading' && spansToText(first.spans);
  };
  expect(headingOf(false)).toBe('No: Windows Server CALs are not entered anywhere');
  expect(headingOf(true)).toBe('Windows Server CALs are not entered anywhere');
});
