import { describe, expect, test } from 'vitest';
import { firstAnswer } from '../../src/conversation/answer.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { choose, conversationIn, positionOf, promptOf, write } from '../support/talk.ts';

describe('a key that Microsoft rejects', () => {
  const asked = choose(conversationIn('rejected'), 'no');

  test('without a code is asked what was said about it, not taken for blocked', () => {
    expect(promptOf(asked)).toBe('rejection');
    expect(positionOf(choose(choose(asked, 'used-up'), 'mak'))).toBe('raise-mak');
    expect(positionOf(choose(choose(asked, 'blocked'), 'mak'))).toBe('blocked-volume');
  });

  test('for a reason nobody knows leads to reading it, and on from there', () => {
    const unread = choose(asked, 'unsure');
    expect(positionOf(unread)).toBe('read-rejection');
    expect(promptOf(write(unread, 'Error: 0xC004C020'))).toBe('limit-channel');
  });

  test.each([
    ['0xC004C003', 'blocked-channel'],
    ['0xC004C008', 'limit-channel'],
  ])('with %s is not asked for it', (code, step) => {
    expect(promptOf(choose(conversationIn('activation', { 'error-code': code }), 'no'))).toBe(step);
  });

  test.each([
    ['Our MAK has no activations left', 'raise-mak'],
    ['the product key is blocked', 'blocked-channel'],
  ])('is not asked for it after %s', (text, position) => {
    const answer = firstAnswer(shippedKnowledge(), text, '2026-11-22T09:00:00.000Z');
    const facts = 'opening' in answer ? answer.opening.facts : [];
    const opened = conversationIn(
      'rejected',
      Object.fromEntries(facts.map(({ question, value }) => [question, value])),
    );
    expect(positionOf(choose(opened, 'no'))).toBe(position);
  });
});
