import { describe, expect, test } from 'vitest';
import { takeTurn } from '../../src/conversation/turn.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { choose, conversationIn, effectOf } from '../support/talk.ts';

const opening = {
  flow: 'activation',
  facts: [{ question: 'error-code', value: '0xC004F063', origin: 'read' as const }],
};
const started = (person: boolean) =>
  takeTurn(shippedKnowledge(), undefined, {
    kind: 'started',
    conversation: 'bcdfghjkmnpqrs',
    workspace: 'terminal:local',
    venue: 'here',
    locale: 'en',
    opening: { ...opening, person },
    actor: { id: 'requester', role: 'user' },
    at: '2026-11-22T09:00:00.000Z',
  });

test('what was said before the first question is no question answered', () => {
  const opened = conversationIn('activation', { 'error-code': '0xC004F063' });
  expect(effectOf(opened, 'ask').progress.answered).toBe(0);
  expect(effectOf(choose(opened, 'mainboard'), 'ask').progress.answered).toBe(1);
});

describe('a conversation begun from a card', () => {
  test('asks its first question', () => {
    expect(started(false)).toMatchObject({ effects: [{ kind: 'open' }, { kind: 'ask', step: 'hardware-change' }] });
  });

  test('names the desk in the same turn when a person was asked for', () => {
    expect(started(true)).toMatchObject({
      conversation: { turn: 1, person: { desk: 'oem' } },
      effects: [{ kind: 'open' }, { kind: 'hand-over', desk: 'oem' }],
    });
  });
});
