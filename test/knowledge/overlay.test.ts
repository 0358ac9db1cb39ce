import { describe, expect, test } from 'vitest';
import { flowPolicies } from '../../src/conversation/policies.ts';
import { describeProblem, KnowledgeError } from '../../src/errors.ts';
import { adviceOn } from '../../src/knowledge/advice.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { mergeValues, originOf } from '../../src/knowledge/overlay.ts';
import { parseKnowledge } from '../../src/knowledge/parse.ts';
import { shippedFiles, shippedKnowledge } from '../support/knowledge.ts';

describe('merging values', () => {
  const base = { list: [{ id: 'a', one: 1 }, { id: 'b' }], words: { x: ['1'], y: ['2'] }, kept: true };

  test('an entry takes the place of its namesake, whole, and a new one comes last', () => {
    expect(mergeValues(base, { list: [{ id: 'c' }, { id: 'a', two: 2 }] }, 2)).toEqual({
      ...base,
      list: [{ id: 'a', two: 2 }, { id: 'b' }, { id: 'c' }],
    });
  });

  test('keys are merged as deep as asked, and what lies deeper is replaced', () => {
    const overlay = { words: { x: ['3'] }, deep: { step: { next: 1 } } };
    const under = { ...base, deep: { step: { ask: 0 }, other: 1 } };
    expect(mergeValues(under, overlay, 2)).toMatchObject({
      words: { x: ['3'], y: ['2'] },
      deep: { step: { next: 1 }, other: 1 },
    });
    expect(mergeValues(under, overlay, 2)).not.toHaveProperty('deep.step.ask');
    expect(mergeValues(under, overlay, 9)).toHaveProperty('deep.step.ask', 0);
  });

  test('an overlay that holds nothing changes nothing', () => {
    expect(mergeValues(base, null, 2)).toBe(base);
    expect(mergeValues(base, { list: null }, 2)).toEqual(base);
  });

  test.each<[readonly PropertyKey[], unknown]>([
    [['list', 0, 'two'], { layer: 'overlay', path: ['list', 1, 'two'] }],
    [['list', 1, 'x'], { layer: 'base', path: ['list', 1, 'x'] }],
    [['list', 2], { layer: 'overlay', path: ['list', 0] }],
    [['kept'], { layer: 'base', path: ['kept'] }],
    [['own', 'deep'], { layer: 'overlay', path: ['own', 'deep'] }],
    [[], { layer: 'overlay', path: [] }],
  ])('the value at %j comes from %j', (path, origin) => {
    expect(originOf(base, { list: [{ id: 'c' }, { id: 'a', two: 2 }], own: { deep: 1 } }, 2, path)).toEqual(origin);
  });
});

/** The shipped knowledge under an overlay, or the problems it has then. */
function under(files: Readonly<Record<string, string>>): Knowledge | readonly string[] {
  try {
    return parseKnowledge(shippedFiles(), flowPolicies, { folder: 'ours', files: new Map(Object.entries(files)) });
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return error.problems.map(describeProblem);
  }
}

const entry = (code: string, source = 'S-SLERROR') =>
  `{ code: "${code}", kind: error, detail: family, desk: internal, channels: [any], confidence: derived, meaning-confidence: derived, sources: [${source}] }`;
const texts = (code: string, title: string) => `codes:\n  "${code}": { title: ${title}, meaning: ${title}. }\n`;

describe('a team’s folder over the shipped one', () => {
  test('adds a code to a family with its sentences, and leaves everything else', () => {
    const knowledge = under({
      'errors/time-based.yaml': `codes:\n  - ${entry('0xC004FCFF')}\n`,
      'text/en/errors/time-based.yaml': texts('0xC004FCFF', 'Ours'),
      'text/ja/errors/time-based.yaml': texts('0xC004FCFF', '独自'),
    }) as Knowledge;
    expect(knowledge.codes.size).toBe(shippedKnowledge().codes.size + 1);
    const code = knowledge.codes.get('0xC004FCFF');
    expect(code?.family).toBe('time-based');
    expect(code && adviceOn(knowledge, 'ja', code).title).toBe('独自');
  });

  test('changes one sentence and keeps the others beside it', () => {
    const knowledge = under({
      'text/en/errors/time-based.yaml': 'codes:\n  "0xC004FC07":\n    title: Ring 4711\n',
    }) as Knowledge;
    const [own, shipped] = [knowledge, shippedKnowledge()].map(
      (each) => each.texts.en.errors.get('time-based')?.codes['0xC004FC07'],
    );
    expect(own).toEqual({ ...shipped, title: 'Ring 4711' });
  });

  test('replaces a step of a flow whole', () => {
    const knowledge = under({
      'flows/kms.yaml': 'steps:\n  kms-in-use:\n    next: [{ go: own-key }]\n',
    });
    expect(knowledge).toContainEqual(expect.stringMatching(/adba-client/));
  });

  test('its own mistakes are reported in its own file, line and column', () => {
    expect(
      under({ 'errors/time-based.yaml': `# ours\ncodes:\n  - ${entry('0xC004FC07', 'S-SLEROR')}\n` }),
    ).toContainEqual(
      expect.stringMatching(/^ours\/errors\/time-based\.yaml:3:\d+ codes\.0\.sources: .*did you mean S-SLERROR/),
    );
    expect(under({ 'terms.yaml': 'terms:\n  rdp: 12\n' })).toEqual([
      expect.stringMatching(/^ours\/terms\.yaml:2:3 terms\.rdp: /),
    ]);
    expect(under({ 'terms.yaml': 'terms: [\n' })).toEqual([expect.stringMatching(/^ours\/terms\.yaml:\d.*not YAML/)]);
  });

  test('a file of a name that nothing reads is refused, with the name that was meant', () => {
    expect(under({ 'text/en/error/time-based.yaml': 'codes: {}\n' })).toEqual([
      'ours/text/en/error/time-based.yaml:1:1 nothing reads a file of this name (did you mean text/en/errors/time-based.yaml?)',
    ]);
  });

  test('a file of comments only changes nothing', () => {
    expect((under({ 'terms.yaml': '# later\n' }) as Knowledge).terms).toEqual(shippedKnowledge().terms);
  });
});
