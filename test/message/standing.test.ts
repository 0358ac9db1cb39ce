import { describe, expect, test } from 'vitest';
import type { HandoffState } from '../../src/conversation/handoff-state.ts';
import { Words } from '../../src/message/phrases.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentStanding } from '../../src/message/present-standing.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';
import { choose, conversationIn, type Talk } from '../support/talk.ts';

const words = new Words(shippedKnowledge(), 'en');
const at = '2026-11-25T00:00:00Z';
const asked = conversationIn('activation', { 'error-code': '0xC004FC07' });
const shownOf = ({ conversation }: Talk) =>
  messageToText(presentStanding(words, [{ conversation, url: undefined }], at), expandKey);
const handedOff = (stage: HandoffState['stage'], number: string | null = null): Talk => ({
  ...asked,
  conversation: {
    ...asked.conversation,
    handoff: {
      ...{
        generation: 1,
        desk: 'reseller',
        to: 'acme',
        stage,
        details: {},
        overriddenBy: null,
        round: 1,
        shown: null,
        consent: null,
        subject: null,
      },
      ...{ ticket: number === null ? null : { number, url: null }, tries: 0, word: null, at },
    },
  },
});

describe('an open request', () => {
  test('is named by its code, with the question that waits and the way there', () => {
    const text = shownOf(asked);
    const { ask } = words.texts.questions[asked.conversation.prompt ?? ''] ?? {};
    expect(text).toContain('0xC004FC07');
    expect(text).toContain(ask === undefined ? 'a question' : spansToText(fill(ask)));
    const url = 'https://example.com/there';
    expect(JSON.stringify(presentStanding(words, [{ conversation: asked.conversation, url }], at))).toContain(url);
  });

  test('with a conclusion waits to hear how it went', () => {
    const concluded = choose(conversationIn('clock'), 'no');
    expect(shownOf(concluded)).toContain('how it went');
  });

  test.each([
    ['gathering', null, 'standing-preparing'],
    ['preview', null, 'standing-preparing'],
    ['queued', null, 'standing-sending'],
    ['created', null, 'standing-arrived'],
    ['replied', null, 'standing-arrived'],
    ['waiting', null, 'standing-desk-waits'],
    ['resolved', null, 'standing-desk-solved'],
    ['key-issued', null, 'standing-key-issued'],
    ['held', null, 'standing-stuck'],
    ['copied', null, 'standing-copied'],
  ] as const)('whose ticket is %s says so', (stage, number, phrase) => {
    expect(shownOf(handedOff(stage, number))).toContain(words.label(phrase));
  });

  test('names its ticket', () => {
    expect(shownOf(handedOff('created', 'T-17'))).toContain('T-17');
  });

  test('whose ticket was withdrawn waits for an answer again', () => {
    expect(shownOf(handedOff('cancelled'))).toBe(shownOf(asked));
  });

  test('that a person has taken says so', () => {
    const claimed = { ...asked, conversation: { ...asked.conversation, claim: { by: 'agent', at } } };
    expect(shownOf(claimed)).toContain(words.label('standing-claimed'));
  });

  test('goes on by a button where it is the only one', () => {
    const one = { conversation: asked.conversation, url: undefined };
    expect(presentStanding(words, [one], at).actions).toHaveLength(1);
    expect(presentStanding(words, [one, one], at).actions).toBeUndefined();
  });
});
