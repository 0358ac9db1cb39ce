import { describe, expect, test } from 'vitest';
import { conversationIn, effectOf, factOf, promptOf, write } from '../support/talk.ts';

const asked = conversationIn('rds', { 'rds-topic': 'grace' });

describe('a number that is asked for', () => {
  test.each([
    ['130', 130],
    ['１３０日', 130],
    ['about 130 days', 130],
    ['約 130 日です', 130],
    ['1,200', 1200],
  ])('is read from %s', (text, value) => {
    expect(factOf(write(asked, text), 'rds-days')).toBe(value);
  });

  test.each(['windows server 2019 std', '-5', '120 or 130', 'since 2024-03-01'])('is not guessed from %s', (text) => {
    const talk = write(asked, text);
    expect(effectOf(talk, 'say').phrase).toBe('answer-unclear');
    expect(promptOf(talk)).toBe('rds-days');
  });
});
