import { describe, expect, test } from 'vitest';
import {
  choose,
  conversationIn,
  effectKinds,
  effectOf,
  factOf,
  positionOf,
  press,
  promptOf,
  type Talk,
  write,
} from '../support/talk.ts';

const atBought = conversationIn('evaluation', {
  'installed-edition-id': 'standard-eval',
  'licence-owned': 'yes',
  'domain-controller': 'no',
});

describe('a press on an earlier prompt', () => {
  test('changes that answer at once when nothing else falls away', () => {
    const talk = press(atBought, 'installed-edition-id', 'datacenter-eval');
    expect(factOf(talk, 'installed-edition-id')).toBe('datacenter-eval');
    expect(promptOf(talk)).toBe('bought-edition');
  });

  test('says what would fall away and asks once', () => {
    const talk = press(atBought, 'licence-owned', 'no');
    expect(effectKinds(talk)).toEqual(['confirm-change']);
    expect(effectOf(talk, 'confirm-change').losing.map(({ question }) => question)).toEqual(['domain-controller']);
    expect(factOf(talk, 'licence-owned')).toBe('yes');
  });

  test('is carried out on yes', () => {
    const talk = press(press(atBought, 'licence-owned', 'no'), 'change', 'yes');
    expect(factOf(talk, 'licence-owned')).toBe('no');
    expect(positionOf(talk)).toBe('evaluation-no-licence');
    expect(talk.conversation.pending).toBeNull();
  });

  test('leaves everything on keep, and asks the open question again', () => {
    const talk = press(press(atBought, 'licence-owned', 'no'), 'change', 'keep');
    expect(factOf(talk, 'licence-owned')).toBe('yes');
    expect(effectOf(talk, 'say').phrase).toBe('kept');
    expect(promptOf(talk)).toBe('bought-edition');
  });

  test('is forgotten when something else is done first', () => {
    const elsewhere = choose(press(atBought, 'licence-owned', 'no'), 'datacenter');
    expect(elsewhere.conversation.pending).toBeNull();
    expect(factOf(press(elsewhere, 'change', 'yes'), 'licence-owned')).toBe('yes');
  });

  test('is not carried out by a yes to an earlier warning', () => {
    const warned = press(atBought, 'licence-owned', 'no');
    const warnedAgain = press(warned, 'installed-edition-id', 'no-eval');
    expect(effectKinds(warnedAgain)).toEqual(['confirm-change']);
    const talk = press(warnedAgain, 'change', 'yes', undefined, warned.conversation.turn);
    expect(factOf(talk, 'installed-edition-id')).toBe('standard-eval');
    expect(factOf(talk, 'licence-owned')).toBe('yes');
    expect(promptOf(talk)).toBe('bought-edition');
  });

  test.each([
    ['yes', 'no'],
    ['はい、お願いします', 'no'],
    ['Yes, change it', 'no'],
    ['no', 'yes'],
    ['いいえ', 'yes'],
  ])('takes a typed %s for the answer to the warning, not to the question that stands asked', (text, owned) => {
    const talk = write(press(atBought, 'licence-owned', 'no'), text);
    expect(factOf(talk, 'licence-owned')).toBe(owned);
    expect(factOf(talk, 'bought-edition')).toBeUndefined();
  });

  test.each([
    ['a question beside the flow', (talk: Talk) => write(talk, 'what does 0xC004F074 mean?')],
    ['a summary', (talk: Talk) => press(talk, 'nav', 'summary')],
  ])('still waits for its yes after %s', (_, interrupt) => {
    const warned = press(atBought, 'licence-owned', 'no');
    const talk = press(interrupt(warned), 'change', 'yes', undefined, warned.conversation.turn);
    expect(factOf(talk, 'licence-owned')).toBe('no');
  });

  test('with the answer that was given says that nothing changed', () => {
    const talk = press(atBought, 'licence-owned', 'yes');
    expect(effectOf(talk, 'say').phrase).toBe('nothing-changed');
    expect(promptOf(talk)).toBe('bought-edition');
  });

  test('keeps what was answered below it where the new way passes there too', () => {
    const ended = choose(atBought, 'datacenter');
    const talk = press(ended, 'installed-edition-id', 'datacenter-eval');
    expect(factOf(talk, 'bought-edition')).toBe('datacenter');
    expect(promptOf(talk)).toBe('version-matches');
  });

  test('of months ago still counts: nothing expires', () => {
    expect(promptOf(press(atBought, 'bought-edition', 'datacenter', undefined, 1))).toBe('version-matches');
  });

  test('on a step or choice that no longer exists is told to the person alone and changes nothing', () => {
    for (const [step, choice] of [
      ['no-such-step', 'yes'],
      ['licence-owned', 'perhaps'],
      ['nav', 'sideways'],
      ['round', 'perhaps'],
    ] as const) {
      const talk = press(atBought, step, choice);
      expect(talk.refusal).toBe('unknown-step');
      expect(talk.conversation).toBe(atBought.conversation);
    }
  });
});

describe('the button that changes an answer', () => {
  const editing = press(atBought, 'edit', 'installed-edition-id');

  test('asks the question again', () => {
    expect(promptOf(editing)).toBe('installed-edition-id');
    expect(factOf(editing, 'installed-edition-id')).toBe('standard-eval');
  });

  test('comes back to where the conversation stood', () => {
    expect(promptOf(choose(editing, 'datacenter-eval'))).toBe('bought-edition');
  });
});

test('"I don\'t know" is an answer of its own and leads on', () => {
  const talk = choose(atBought, 'unsure');
  expect(factOf(talk, 'bought-edition')).toBe('unsure');
  expect(positionOf(talk)).toBe('find-proof');
});
