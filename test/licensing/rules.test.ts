import { describe, expect, test } from 'vitest';
import { policies } from '../../src/licensing/policies.ts';
import { standingVerdict } from '../../src/licensing/verdict.ts';
import { codeOf, type Sentence } from '../../src/text/sentence.ts';
import { everyCase } from './every-case.ts';
import { decide, rules, tables, texts, today } from './tables.ts';

const [en, ja] = texts;
/** Before some releases and rules of the tables. */
const early = '2019-01-01';
const byRule = new Map(rules.map((rule) => [rule.id, rule]));

function sentencesOf(text: typeof en): readonly (readonly [string, Sentence])[] {
  if (text === undefined) return [];
  return [
    ['caveat', text.caveat],
    ...Object.entries(text.changes),
    ...Object.entries(text.rules).flatMap(
      ([id, { answer, why }]) =>
        [
          [`${id}/answer`, answer],
          [`${id}/why`, why],
        ] as const,
    ),
  ];
}

describe('the sentences of the rules', () => {
  test('say the same in both languages: the same ids, placeholders and commands', () => {
    const shape = (text: typeof en) =>
      Object.fromEntries(
        sentencesOf(text).map(([id, sentence]) => [
          id,
          [sentence.placeholders.toSorted(), codeOf(sentence).toSorted()],
        ]),
      );
    expect(shape(ja)).toEqual(shape(en));
  });

  test('exist for every rule, and for nothing else', () => {
    expect(Object.keys(en?.rules ?? {})).toEqual(rules.map(({ id }) => id));
  });

  test('every rule of the tables is known', () => {
    const named = [...tables.editions.conversions, ...tables.cals.downgrade].map(({ rule }) => rule);
    expect(named.filter((rule) => !byRule.has(rule))).toEqual([]);
  });
});

describe.each(Object.entries(policies))('%s, whatever is answered', (name, policy) => {
  const computed = [today, early].flatMap((at) => everyCase(policy).map((facts) => decide(name, facts, at)));

  test('gives a value it has announced and a rule that has sentences', () => {
    for (const { value, verdict } of computed) {
      expect(policy.results).toContain(value);
      expect(byRule.has(verdict.rule), verdict.rule).toBe(true);
    }
  });

  test('fills every placeholder of the sentences it is shown with', () => {
    for (const { verdict } of computed) {
      const shown = en?.rules[verdict.rule];
      for (const change of verdict.changes) expect(Object.keys(en?.changes ?? {})).toContain(change);
      const sentences = [shown?.answer, shown?.why, ...verdict.changes.map((change) => en?.changes[change])];
      const wanted = sentences.flatMap((sentence) => sentence?.placeholders ?? []);
      expect(Object.keys(verdict.values), verdict.rule).toEqual(expect.arrayContaining(wanted));
    }
  });

  test('never says yes or no by a rule nobody has read', () => {
    for (const { verdict } of computed) {
      if (byRule.get(verdict.rule)?.confidence === 'unsourced') expect(verdict.verdict).toBe('unknown');
    }
  });
});

describe('a rule that holds without any facts', () => {
  const standing = rules.flatMap((rule) => standingVerdict(rule) ?? []);

  test('is asked for in both languages and leaves nothing to fill in', () => {
    for (const { rule } of standing) {
      for (const text of texts) {
        const { asked, answer, why } = text.rules[rule] ?? {};
        expect(asked, rule).not.toBe(undefined);
        expect([...(answer?.placeholders ?? []), ...(why?.placeholders ?? [])], rule).toEqual([]);
      }
    }
  });

  test('is not decided by a rule nobody has read', () => {
    const unread = standing.filter(({ rule }) => byRule.get(rule)?.confidence === 'unsourced');
    expect(unread.map(({ verdict }) => verdict)).toEqual(unread.map(() => 'unknown'));
  });

  test.each([
    ['cal-not-activation', 'no'],
    ['cal-not-enforced', 'no'],
    ['cal-hyper-v-host', 'yes'],
    ['downgrade-no-assurance', 'no'],
    ['transfer-retail', 'unknown'],
    ['cal-suites', 'depends'],
  ])('%s: %s', (id, verdict) => {
    expect(standing.find(({ rule }) => rule === id)?.verdict).toBe(verdict);
  });
});

describe('nothing is announced or written for no case', () => {
  const reached = Object.entries(policies).map(([name, policy]) => ({
    name,
    policy,
    computed: [today, early].flatMap((at) => everyCase(policy).map((facts) => decide(name, facts, at))),
  }));
  const verdicts = reached.flatMap(({ computed }) => computed.map(({ verdict }) => verdict));

  test('every rule and every sentence of what would change a verdict is reached', () => {
    const asked = rules.flatMap(({ unneeded }) => unneeded ?? []);
    const used = new Set([...verdicts.flatMap(({ rule, changes }) => [rule, ...changes]), ...asked]);
    const computed = rules.filter((rule) => standingVerdict(rule) === undefined).map(({ id }) => id);
    expect([...computed, ...Object.keys(en?.changes ?? {})].filter((id) => !used.has(id))).toEqual([]);
  });

  test.each(reached)('every result of $name is computed', ({ policy, computed }) => {
    expect(new Set(computed.map(({ value }) => value))).toEqual(new Set(policy.results));
  });
});
