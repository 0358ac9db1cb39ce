import { describe, expect, test } from 'vitest';
import {
  choose,
  conversationIn,
  effectKinds,
  effectOf,
  factOf,
  messagesOf,
  positionOf,
  press,
  promptOf,
  write,
} from '../support/talk.ts';

const known = {
  'error-code': '0xC004FC07',
  'installed-edition-id': 'standard-eval',
  'licence-owned': 'yes',
  'domain-controller': 'no',
  'bought-edition': 'standard',
  'version-matches': 'yes',
};
const ended = choose(conversationIn('activation', known), '2022');

describe('an outcome', () => {
  test('stands until it is said how it went', () => {
    expect(positionOf(ended)).toBe('convert-standard');
    expect(ended.conversation.prompt).toBeNull();
    expect(ended.conversation.state).toBe('open');
  });
});

describe('fixed', () => {
  const fixed = press(ended, 'round', 'fixed');

  test('closes the conversation and records what helped', () => {
    expect(fixed.conversation.state).toBe('closed');
    expect(effectKinds(fixed)).toEqual(['say', 'close']);
    expect(fixed.conversation.closedRounds).toEqual([
      {
        flow: 'evaluation',
        code: '0xC004FC07',
        outcome: 'convert-standard',
        result: 'fixed',
        closedAt: fixed.conversation.lastAt,
      },
    ]);
  });

  test('pressed twice changes nothing more', () => {
    expect(press(fixed, 'round', 'fixed', undefined, ended.conversation.turn).conversation.closedRounds).toHaveLength(
      1,
    );
  });

  test('pressed twice leaves it closed and asks nothing', () => {
    const again = press(fixed, 'round', 'fixed', undefined, ended.conversation.turn);
    expect(again.conversation.state).toBe('closed');
    expect(effectKinds(again)).toEqual(['say']);
  });

  test('is in the summary afterwards: what was tried and that it helped', () => {
    const summary = press(fixed, 'nav', 'summary');
    expect(effectOf(summary, 'summarise')).toMatchObject({
      progress: null,
      tried: [{ code: '0xC004FC07', outcome: 'convert-standard', result: 'fixed' }],
    });
    const lines = messagesOf(summary).flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'list'));
    expect(lines).toHaveLength(1);
  });

  test('is no end: any later press opens the next round', () => {
    const again = press(fixed, 'nav', 'stand');
    expect(again.refusal).toBeUndefined();
    expect(again.conversation.state).toBe('open');
    expect(again.conversation.prompt ?? positionOf(again)).not.toBe('');
  });
});

describe('still failing', () => {
  const next = press(ended, 'round', 'failing');

  test('opens the next round at the start of the diagnosis', () => {
    expect(effectOf(next, 'say').phrase).toBe('next-round');
    expect(next.conversation.closedRounds).toMatchObject([{ result: 'still-failing', outcome: 'convert-standard' }]);
    expect(promptOf(next)).toBe('error-code');
  });

  test('keeps what lasts and asks anew what was true for a moment', () => {
    expect(factOf(next, 'bought-edition')).toBe('standard');
    expect(factOf(next, 'licence-owned')).toBe('yes');
    expect(factOf(next, 'error-code')).toBeUndefined();
    expect(factOf(next, 'installed-edition-id')).toBeUndefined();
  });

  test('says so when the same fix comes out again', () => {
    const again = choose(write(next, '0xC004FC07'), 'standard-eval');
    expect(positionOf(again)).toBe('convert-standard');
    expect(effectOf(again, 'conclude').triedBefore).toBe(true);
  });

  test('pressed on the outcome of an earlier round opens no other round', () => {
    const talk = press(next, 'round', 'failing', undefined, ended.conversation.turn);
    expect(talk.conversation.closedRounds).toHaveLength(1);
    expect(promptOf(talk)).toBe('error-code');
  });

  test('is no answer while a question stands asked', () => {
    const talk = press(next, 'round', 'fixed');
    expect(talk.conversation.closedRounds).toHaveLength(1);
    expect(talk.conversation.state).toBe('open');
  });
});

test('another code opens the next round with a code to enter', () => {
  const talk = write(press(ended, 'round', 'another'), '0xC004F074');
  expect(talk.conversation.closedRounds).toMatchObject([{ result: 'another-code' }]);
  expect(factOf(talk, 'error-code')).toBe('0xC004F074');
  expect(promptOf(talk)).toBe('kms-in-use');
});

test('the same facts always stand at the same place', () => {
  const later = write(press(ended, 'round', 'failing'), '0xC004FC07');
  expect(positionOf(later)).toBe(positionOf({ ...later, events: [...later.events, ...later.events] }));
});
