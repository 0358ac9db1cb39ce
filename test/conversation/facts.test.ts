import { describe, expect, test } from 'vitest';
import { type Fact, factsOf, isAnswer } from '../../src/conversation/fact.ts';
import { walk } from '../../src/conversation/walk.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Question } from '../../src/knowledge/schema/flow.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { choose, conversationIn, factOf, positionOf, press } from '../support/talk.ts';

const knowledge = shippedKnowledge();

function fact(question: string, value: Fact['value'], turn = 1): Fact {
  return { question, value, origin: 'said', turn, by: 'requester', at: '2026-11-22T09:00:00.000Z' };
}

function valuesOf(facts: readonly Fact[], since = 1): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...factsOf(knowledge, facts, since)].map(([question, { value }]) => [question, value]));
}

/** The shipped knowledge after an edit of one question. */
function withQuestion(id: string, edit: (question: Question) => Question | undefined): Knowledge {
  const questions = new Map(knowledge.questions);
  const question = questions.get(id);
  const edited = question === undefined ? undefined : edit(question);
  if (edited === undefined) questions.delete(id);
  else questions.set(id, edited);
  return { ...knowledge, questions };
}

describe('facts', () => {
  test('the newest of a question counts', () => {
    expect(valuesOf([fact('key-channel', 'oem', 1), fact('key-channel', 'mak', 2)])).toEqual({ 'key-channel': 'mak' });
  });

  test('a withdrawn one counts no more, and can be said again', () => {
    expect(valuesOf([fact('key-channel', 'oem', 1), fact('key-channel', null, 2)])).toEqual({});
    expect(
      valuesOf([fact('key-channel', 'oem', 1), fact('key-channel', null, 2), fact('key-channel', 'oem', 3)]),
    ).toEqual({ 'key-channel': 'oem' });
  });

  test('lasting ones stay for the next round, momentary ones do not', () => {
    const facts = [fact('key-channel', 'mak', 1), fact('ato-result', 'failed', 1), fact('licence-status', 'grace', 4)];
    expect(valuesOf(facts, 4)).toEqual({ 'key-channel': 'mak', 'licence-status': 'grace' });
  });

  test('those of questions nobody has heard of are set aside', () => {
    expect(valuesOf([fact('favourite-colour', 'blue')])).toEqual({});
  });

  test('are only appended, whatever happens', () => {
    const talk = conversationIn('evaluation', { 'installed-edition-id': 'standard-eval' });
    const changed = press(choose(talk, 'yes'), 'nav', 'back');
    expect(changed.conversation.facts.slice(0, talk.conversation.facts.length)).toEqual(talk.conversation.facts);
    expect(changed.conversation.facts).toHaveLength(talk.conversation.facts.length + 2);
    expect(factOf(changed, 'licence-owned')).toBeUndefined();
  });

  test('carry who said them, when and in which turn', () => {
    const talk = choose(conversationIn('evaluation'), 'standard-eval');
    expect(talk.conversation.facts.at(-1)).toEqual({
      question: 'installed-edition-id',
      value: 'standard-eval',
      origin: 'said',
      turn: 2,
      by: 'requester',
      at: '2026-11-22T09:01:00.000Z',
    });
  });
});

describe('an edited flow under an open conversation', () => {
  const talk = choose(choose(conversationIn('evaluation', { 'installed-edition-id': 'standard-eval' }), 'yes'), 'no');
  const at = talk.conversation.lastAt;
  const stepIn = (edited: Knowledge) => {
    const { position } = walk(edited, talk.conversation, at);
    return position.kind === 'step' ? position.step : position.outcome.id;
  };

  test('stands where it stood when nothing it rests on has changed', () => {
    expect(stepIn(knowledge)).toBe('bought-edition');
  });

  test('asks again where the choice that was made is gone', () => {
    const edited = withQuestion('installed-edition-id', (question) => ({
      ...question,
      choices: ['datacenter-eval', 'no-eval'],
    }));
    expect(stepIn(edited)).toBe('installed-edition-id');
  });

  test('passes on where a step was taken out', () => {
    const flow = knowledge.flows.get('evaluation');
    if (flow === undefined) throw new Error('the evaluation flow is gone');
    const steps = { ...flow.steps, 'installed-edition-id': { next: [{ go: 'bought-edition' }] } };
    expect(stepIn({ ...knowledge, flows: new Map([...knowledge.flows, ['evaluation', { ...flow, steps }]]) })).toBe(
      'bought-edition',
    );
  });
});

describe('what answers a question', () => {
  const question = (asks: Question['asks'], more: Partial<Question> = {}): Question => ({
    id: 'some',
    asks,
    lasting: false,
    ...more,
  });

  test.each<[string, Question, string | number, boolean]>([
    ['a choice it offers', question('choice', { choices: ['standard', 'datacenter'] }), 'standard', true],
    ['no choice it does not offer', question('choice', { choices: ['standard', 'datacenter'] }), 'web', false],
    ['a whole number up to its maximum', question('number', { max: 64 }), 64, true],
    ['no number above its maximum', question('number', { max: 64 }), 65, false],
    ['no negative number', question('number'), -1, false],
    ['no fraction', question('number'), 1.5, false],
    ['no number without a maximum beyond what a computer counts exactly', question('number'), 2 ** 53, false],
    ['a code as we write it', question('code'), '0xC004FC07', true],
    ['no code in lower case', question('code'), '0xc004fc07', false],
    ['a text', question('text'), 'as printed', true],
    ['no empty text', question('text'), '', false],
    ['no text that is too long', question('text'), 'x'.repeat(201), false],
    ['"I don\'t know", whatever is asked', question('number'), 'unsure', true],
  ])('%s', (_, asked, value, expected) => {
    expect(isAnswer(asked, value)).toBe(expected);
  });
});

test('a conversation about a code asks what the code does not tell', () => {
  expect(positionOf(conversationIn('activation', { 'error-code': '0xC004FC07' }))).toBe('installed-edition-id');
});
