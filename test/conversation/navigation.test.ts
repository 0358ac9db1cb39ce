import { describe, expect, test } from 'vitest';
import {
  agent,
  choose,
  conversationIn,
  effectKinds,
  effectOf,
  factOf,
  happen,
  messagesOf,
  positionOf,
  press,
  promptOf,
  replay,
  stranger,
  type Talk,
  write,
} from '../support/talk.ts';

const atLicence = choose(conversationIn('activation', { 'error-code': '0xC004FC07' }), 'standard-eval');

describe('another language', () => {
  test('asks the open question again in it and stays with it', () => {
    const talk = press(atLicence, 'nav', 'ja');
    expect(talk.conversation.locale).toBe('ja');
    expect(promptOf(talk)).toBe('licence-owned');
    expect(choose(talk, 'yes').conversation.locale).toBe('ja');
  });

  test('has its button in the head and the summary, and on no question', () => {
    const languages = (talk: Talk) =>
      messagesOf(talk).map(({ actions = [] }) => actions.some(({ address }) => /\.nav\.(en|ja)$/.test(address)));
    expect(languages(conversationIn('activation'))).toEqual([true, false]);
    expect(languages(press(atLicence, 'nav', 'summary'))).toEqual([true]);
    expect(languages(choose(atLicence, 'no')).some(Boolean)).toBe(false);
  });

  test('can be asked for in words', () => {
    expect(write(atLicence, '日本語で').conversation.locale).toBe('ja');
    expect(write(press(atLicence, 'nav', 'ja'), 'English').conversation.locale).toBe('en');
  });
});

describe('summary', () => {
  test('lists what is known, with where it came from, and does not move', () => {
    const talk = press(atLicence, 'nav', 'summary');
    expect(effectOf(talk, 'summarise').known.map(({ question, value }) => [question, value])).toEqual([
      ['error-code', '0xC004FC07'],
      ['installed-edition-id', 'standard-eval'],
    ]);
    expect(promptOf(talk)).toBe('licence-owned');
  });

  test('at an outcome has no progress left', () => {
    expect(effectOf(press(choose(atLicence, 'no'), 'nav', 'summary'), 'summarise').progress).toBeNull();
  });
});

describe('progress', () => {
  test('counts the answers given, and never promises fewer questions than come', () => {
    let talk = conversationIn('evaluation');
    for (const choice of ['standard-eval', 'yes', 'no', 'standard', 'yes']) {
      const { progress } = effectOf(talk, 'ask');
      talk = choose(talk, choice);
      expect(effectOf(talk, 'ask').progress.answered).toBe(progress.answered + 1);
      expect(effectOf(talk, 'ask').progress.total).toBeLessThanOrEqual(progress.total);
    }
  });
});

test('a question that is asked again for a change has the number it had', () => {
  const later = choose(choose(atLicence, 'yes'), 'no');
  const again = press(later, 'edit', 'licence-owned');
  expect(effectOf(again, 'ask').progress.answered).toBe(effectOf(atLicence, 'ask').progress.answered);
});

describe('start over', () => {
  const talk = press(choose(atLicence, 'yes'), 'nav', 'start-over');

  test('forgets every answer, keeps the record, and asks the first question', () => {
    expect(promptOf(talk)).toBe('error-code');
    expect(factOf(talk, 'licence-owned')).toBeUndefined();
    expect(talk.conversation.closedRounds).toMatchObject([{ result: 'started-over', outcome: null }]);
    expect(talk.conversation.facts.some(({ question, value }) => question === 'licence-owned' && value === 'yes')).toBe(
      true,
    );
  });

  test('turns the prompt that stood asked into a line that says so', () => {
    expect(effectOf(talk, 'settle').step).toBe('domain-controller');
  });
});

describe('resume', () => {
  test('asks the open question again, weeks later', () => {
    const talk = happen(atLicence, { kind: 'resumed' });
    expect(effectKinds(talk)).toEqual(['ask']);
    expect(promptOf(talk)).toBe('licence-owned');
  });

  test('shows the outcome again where one was reached', () => {
    expect(effectKinds(happen(choose(atLicence, 'no'), { kind: 'resumed' }))).toEqual(['conclude']);
  });

  test('stands where all events played again stand', () => {
    expect(replay(atLicence.events)).toEqual(atLicence.conversation);
  });
});

describe('a person', () => {
  test('is there from the first question on', () => {
    const talk = press(conversationIn('activation'), 'nav', 'person');
    expect(effectOf(talk, 'hand-over')).toMatchObject({ known: [], code: null, tried: [] });
    expect(talk.conversation.person?.at).toBe(talk.conversation.lastAt);
  });

  test('is at the desk of the outcome, with what is known and what was tried', () => {
    const ended = choose(press(choose(atLicence, 'no'), 'round', 'failing'), 'unsure');
    const talk = press(ended, 'nav', 'person');
    expect(effectOf(talk, 'hand-over').tried).toMatchObject([{ outcome: 'evaluation-no-licence' }]);
    expect(effectOf(press(choose(atLicence, 'no'), 'nav', 'person'), 'hand-over').desk).toBe('reseller');
  });

  test('leaves the question asked: it can be answered while they are on their way', () => {
    const talk = press(atLicence, 'nav', 'person');
    expect(promptOf(talk)).toBe('licence-owned');
    expect(promptOf(choose(talk, 'yes'))).toBe('domain-controller');
  });
});

describe('who may answer', () => {
  test('somebody else may not, and is told so alone', () => {
    const talk = choose(atLicence, 'yes', stranger);
    expect(talk.refusal).toBe('not-yours');
    expect(talk.conversation).toBe(atLicence.conversation);
    expect(write(atLicence, 'yes', stranger).refusal).toBe('not-yours');
  });

  test('the help desk may', () => {
    expect(promptOf(choose(atLicence, 'yes', agent))).toBe('domain-controller');
    expect(choose(atLicence, 'yes', agent).conversation.facts.at(-1)?.by).toBe('agent');
  });

  test('others may once the requester lets them, until the requester wants it back', () => {
    const open = press(atLicence, 'nav', 'others');
    expect(promptOf(choose(open, 'yes', stranger))).toBe('domain-controller');
    expect(choose(press(open, 'nav', 'only-me'), 'yes', stranger).refusal).toBe('not-yours');
  });

  test('nobody else may let themselves in', () => {
    expect(press(atLicence, 'nav', 'others', stranger).refusal).toBe('not-yours');
  });

  test('somebody who was let in may not shut the requester out', () => {
    const open = press(atLicence, 'nav', 'others');
    const shut = press(open, 'nav', 'only-me', stranger);
    expect(choose(shut, 'yes').refusal).toBeUndefined();
  });
});

test('an event for a conversation that never was, or was erased, is refused', () => {
  expect(positionOf(atLicence)).toBe('licence-owned');
  expect(replay([{ kind: 'resumed', actor: agent, at: '2026-11-22T09:00:00.000Z' }])).toBeUndefined();
});
