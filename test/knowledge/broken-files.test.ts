import { describe, expect, test } from 'vitest';
import { flowPolicies } from '../../src/conversation/policies.ts';
import { describeProblem, KnowledgeError, type Problem } from '../../src/errors.ts';
import { parseKnowledge } from '../../src/knowledge/parse.ts';
import { shippedFiles } from '../support/knowledge.ts';

type Edit = readonly [file: string, from: string | RegExp, to: string];

/** Every problem the knowledge has after some edits. */
function problemsAfter(...edits: readonly Edit[]): readonly Problem[] {
  const files = new Map(shippedFiles());
  for (const [file, from, to] of edits) {
    const text = files.get(file) ?? '';
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`${file} has no ${from}: the test breaks nothing`);
    files.set(file, edited);
  }
  return problemsOf(files);
}

function problemsOf(files: ReadonlyMap<string, string>): readonly Problem[] {
  try {
    parseKnowledge(files, flowPolicies);
    return [];
  } catch (error) {
    if (error instanceof KnowledgeError) return error.problems;
    throw error;
  }
}

function lineOf(file: string, text: string): number {
  return (shippedFiles().get(file) ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;
}

const evaluation = 'flows/evaluation.yaml';
const english = 'text/en/flows/evaluation.yaml';
const japanese = 'text/ja/flows/evaluation.yaml';

test('the knowledge that ships is sound', () => {
  expect(problemsOf(shippedFiles()).map(describeProblem)).toEqual([]);
});

describe('one fault is reported with file, line, column and what to do', () => {
  test('an unknown target, with the name that was meant', () => {
    expect(problemsAfter([evaluation, 'go: read-edition }', 'go: read-editon }'])).toEqual([
      {
        file: evaluation,
        line: lineOf(evaluation, 'go: read-edition }'),
        column: expect.any(Number),
        message:
          'steps.installed-edition-id.next.1.go: there is no step or outcome read-editon (did you mean read-edition?)',
      },
    ]);
  });

  test('a start that is no step', () => {
    expect(problemsAfter([evaluation, 'start: installed-edition-id', 'start: instaled-edition-id'])).toContainEqual(
      expect.objectContaining({
        file: evaluation,
        line: 5,
        column: 1,
        message: expect.stringContaining('(did you mean installed-edition-id?)'),
      }),
    );
  });

  test('a dead end: the last route has a condition', () => {
    expect(
      problemsAfter([
        'flows/clock.yaml',
        '- { go: resync-clock }',
        '- { when: { domain-controller: ["no"] }, go: resync-clock }',
      ]),
    ).toMatchObject([{ file: 'flows/clock.yaml', message: expect.stringContaining('no answer is a dead end') }]);
  });

  test('a cycle', () => {
    expect(problemsAfter(['flows/clock.yaml', 'go: resync-clock }', 'go: domain-controller }'])).toContainEqual(
      expect.objectContaining({ file: 'flows/clock.yaml', message: expect.stringContaining('a way leads back here') }),
    );
  });

  test('a cycle across flows', () => {
    expect(problemsAfter(['flows/clock.yaml', '{ go: resync-clock }', '{ flow: network }'])).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('a way leads back here') }),
    );
  });

  test('an outcome and a step no way leads to', () => {
    const problems = problemsAfter(['flows/clock.yaml', 'go: resync-clock }', 'go: repair-pdc-time }']);
    expect(problems).toMatchObject([
      { file: 'flows/clock.yaml', message: 'outcomes.resync-clock: no way leads here: route to it or remove it' },
    ]);
  });

  test('a route that is never taken', () => {
    expect(
      problemsAfter([
        'flows/clock.yaml',
        '- { when: { domain-controller: ["yes"] }, go: repair-pdc-time }',
        '- { go: repair-pdc-time }',
      ]),
    ).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('the routes after this one are never taken') }),
    );
  });

  test('an answer that a question does not have', () => {
    expect(
      problemsAfter(['flows/clock.yaml', 'domain-controller: ["yes"]', 'domain-controller: ["yess"]']),
    ).toMatchObject([
      {
        file: 'flows/clock.yaml',
        message: expect.stringContaining('domain-controller is never yess (did you mean yes?)'),
      },
    ]);
  });

  test('a question nobody asks', () => {
    expect(problemsAfter(['flows/hardware.yaml', 'ask: vm-where', 'ask: vm-were'])).toContainEqual(
      expect.objectContaining({
        file: 'flows/hardware.yaml',
        message: expect.stringContaining('there is no question vm-were in questions.yaml (did you mean vm-where?)'),
      }),
    );
  });

  test('a policy there is not', () => {
    expect(problemsAfter(['flows/vm.yaml', 'policy: avma-fits', 'policy: avma-fit'])).toContainEqual(
      expect.objectContaining({
        file: 'flows/vm.yaml',
        message: expect.stringContaining('there is no policy avma-fit (did you mean avma-fits?)'),
      }),
    );
  });

  test('a source there is not', () => {
    expect(
      problemsAfter(['flows/clock.yaml', /sources: \[S-F06C, S-ERRDOC\]/, 'sources: [S-F06C, S-ERRDOK]']),
    ).toMatchObject([
      {
        file: 'flows/clock.yaml',
        line: lineOf('flows/clock.yaml', '  repair-pdc-time: {'),
        message: expect.stringContaining('there is no source S-ERRDOK in sources.yaml (did you mean S-ERRDOC?)'),
      },
    ]);
  });

  test('a bad id', () => {
    expect(problemsAfter(['flows/clock.yaml', 'start: domain-controller', 'start: Domain Controller'])).toMatchObject([
      {
        file: 'flows/clock.yaml',
        line: lineOf('flows/clock.yaml', 'start:'),
        column: 1,
        message: 'start: use at most 24 lower-case letters, digits and hyphens',
      },
    ]);
  });

  test('a name that YAML reads as true', () => {
    expect(
      problemsAfter([
        'questions.yaml',
        'choices: ["yes", "no"], lasting: true }',
        'choices: [true, "no"], lasting: true }',
      ]),
    ).toContainEqual(expect.objectContaining({ file: 'questions.yaml', message: expect.stringContaining('quote it') }));
  });

  test('a code that is not quoted', () => {
    expect(problemsAfter(['errors/time-based.yaml', 'code: "0xC004FC07"', 'code: 0xC004FC07'])).toContainEqual(
      expect.objectContaining({
        file: 'errors/time-based.yaml',
        line: lineOf('errors/time-based.yaml', 'code: "0xC004FC07"'),
        message: expect.stringContaining('quote the code: YAML reads'),
      }),
    );
  });

  test('an entry with the name of another in the same file', () => {
    expect(problemsAfter(['errors/time-based.yaml', 'code: "0xC004FC03"', 'code: "0xC004FC07"'])).toEqual([
      {
        file: 'errors/time-based.yaml',
        line: lineOf('errors/time-based.yaml', 'code: "0xC004FC07"'),
        column: expect.any(Number),
        message: expect.stringContaining('an entry above is called 0xC004FC07 too: rename or remove one'),
      },
    ]);
    expect(problemsAfter(['sources.yaml', 'id: C-AZQA', 'id: C-AZFAQ'])).toMatchObject([
      { file: 'sources.yaml', line: lineOf('sources.yaml', 'id: C-AZQA') },
    ]);
  });

  test('a code that two families claim', () => {
    expect(problemsAfter(['errors/avma.yaml', /code: "0x[0-9A-F]{8}"/, 'code: "0xC004FC07"'])).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('errors/avma.yaml has 0xC004FC07 too') }),
    );
  });

  test('a key that is missing, and a word that is none of those that may stand there', () => {
    expect(problemsAfter(['flows/clock.yaml', 'ends: fix, ', ''])).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/ends: say fix, answer or desk$/) }),
    );
    expect(problemsAfter(['flows/clock.yaml', /^start: .*\n/m, ''])).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('start: ') }),
    );
    expect(problemsAfter(['errors/time-based.yaml', 'kind: error', 'kind: eror'])).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('write one of error, info (did you mean error?)') }),
    );
  });

  test('a key nobody knows', () => {
    expect(problemsAfter(['flows/clock.yaml', 'ends: fix,', 'end: fix,'])).toContainEqual(
      expect.objectContaining({
        file: 'flows/clock.yaml',
        message: expect.stringContaining(
          'nothing is called end here (did you mean ends?): correct the name or remove it',
        ),
      }),
    );
  });

  test('wrong YAML, with the place where it stops being YAML', () => {
    expect(problemsAfter(['flows/clock.yaml', 'steps:', 'steps: [{'])).toContainEqual(
      expect.objectContaining({ file: 'flows/clock.yaml', message: expect.stringContaining('this is not YAML') }),
    );
  });

  test('an empty file', () => {
    const problems = problemsOf(new Map([...shippedFiles(), ['flows/clock.yaml', '']]));
    expect(problems).toContainEqual(expect.objectContaining({ file: 'flows/clock.yaml', line: 1, column: 1 }));
  });

  test('a file that is missing', () => {
    const files = new Map(shippedFiles());
    files.delete('rules.yaml');
    expect(problemsOf(files)).toContainEqual({
      file: 'rules.yaml',
      line: 1,
      column: 1,
      message: 'this file is missing: restore it',
    });
  });
});

describe('sentences', () => {
  test('that are missing are named in the language that lacks them', () => {
    expect(problemsAfter([japanese, /^ {2}find-proof:[\s\S]*?(?=^ {2}\S)/m, ''])).toContainEqual(
      expect.objectContaining({
        file: japanese,
        message: 'outcomes: the sentences of find-proof are missing: write them',
      }),
    );
  });

  test('that belong to nothing are named', () => {
    expect(problemsAfter([english, /^outcomes:$/m, 'outcomes:\n  no-such-end: { title: Nothing }'])).toContainEqual(
      expect.objectContaining({
        file: english,
        message: 'outcomes.no-such-end: nothing has this name: correct it or remove the sentences',
      }),
    );
  });

  test('whose placeholders differ between the languages are named', () => {
    expect(problemsAfter(['text/ja/interface.yaml', /\{written\}/, '{wirtten}'])).toContainEqual(
      expect.objectContaining({
        file: 'text/ja/interface.yaml',
        message: expect.stringContaining('the placeholders differ from en'),
      }),
    );
  });

  test('whose commands differ between the languages are named', () => {
    expect(problemsAfter(['text/ja/questions.yaml', '`slmgr /dlv`', '`slmgr /dli`'])).toContainEqual(
      expect.objectContaining({
        file: 'text/ja/questions.yaml',
        message: expect.stringContaining('the commands differ from en'),
      }),
    );
  });

  test('that are fewer than in the other language are named', () => {
    expect(problemsAfter(['text/ja/flows/clock.yaml', /^ {6}- .*\n/m, ''])).toContainEqual(
      expect.objectContaining({
        file: 'text/ja/flows/clock.yaml',
        message: expect.stringContaining('give the same sentences in the same number'),
      }),
    );
  });

  test('too long for a button are named', () => {
    expect(
      problemsAfter(['text/en/interface.yaml', /^back: .*$/m, `back: ${'Go back to the question before. '.repeat(2)}`]),
    ).toContainEqual(
      expect.objectContaining({
        file: 'text/en/interface.yaml',
        line: lineOf('text/en/interface.yaml', 'back: '),
        message: 'back: a button holds 34 characters: shorten it',
      }),
    );
  });

  test('too long for a choice are named', () => {
    expect(problemsAfter(['text/en/flows/clock.yaml', /^title: .*$/m, `title: ${'x'.repeat(76)}`])).toContainEqual(
      expect.objectContaining({ file: 'text/en/flows/clock.yaml', message: 'title: at most 75 characters fit' }),
    );
  });

  test('with markup where none fits are named', () => {
    expect(problemsAfter(['text/en/flows/clock.yaml', /^title: .*$/m, 'title: The **clock**'])).toContainEqual(
      expect.objectContaining({ file: 'text/en/flows/clock.yaml', message: 'title: no markup fits here' }),
    );
  });
});

test('one report has the faults of all files, sorted by file and line', () => {
  const problems = problemsAfter(
    ['flows/clock.yaml', 'start: domain-controller', 'start: Domain'],
    ['flows/clock.yaml', 'ends: fix,', 'ends: fixed,'],
    ['text/en/interface.yaml', /^back: .*$/m, 'back: ""'],
    ['questions.yaml', 'asks: code,', 'asks: codes,'],
  );
  expect(problems.map(({ file }) => file)).toEqual([
    'flows/clock.yaml',
    'flows/clock.yaml',
    'questions.yaml',
    'text/en/interface.yaml',
  ]);
  const error = new KnowledgeError(problems);
  expect(error.message.split('\n')).toHaveLength(1 + problems.length);
  for (const line of error.message.split('\n').slice(1)) expect(line).toMatch(/^[a-z/-]+\.yaml:\d+:\d+ \S/);
});
