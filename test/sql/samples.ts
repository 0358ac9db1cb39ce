import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import type { TurnWrite } from '../../src/ports/conversation-store.ts';
import type { Delivery } from '../../src/ports/outbox.ts';

/** A point in time all samples count from. */
export const start = Date.parse('2026-11-20T09:00:00.000Z');

export function at(seconds: number): string {
  return new Date(start + seconds * 1_000).toISOString();
}

export function conversation(id: string, turn: number, more: Partial<Conversation> = {}): Conversation {
  return {
    shape: 1,
    id,
    workspace: 'slack:T1',
    venue: 'C1',
    requester: 'U1',
    locale: 'en',
    turn,
    state: 'open',
    others: false,
    openedAt: at(0),
    lastAt: at(turn),
    facts: [],
    round: { flow: 'activation', since: 0 },
    closedRounds: [],
    prompt: null,
    asked: {},
    pending: null,
    person: null,
    handoff: null,
    claim: null,
    ...more,
  };
}

export function resumed(turn: number, actor = 'U1'): Event {
  return { kind: 'resumed', actor: { id: actor, role: 'user' }, at: at(turn) };
}

export function delivery(id: string, conversation: string, more: Partial<Delivery> = {}): Delivery {
  return {
    id,
    lane: `chat:${conversation}`,
    destination: 'slack',
    due: at(0),
    content: {
      kind: 'post',
      conversation,
      venue: 'C1',
      requester: 'U1',
      turn: 1,
      message: { locale: 'en', blocks: [] },
    },
    ...more,
  };
}

/** The write of one turn on the state before it. */
export function turn(id: string, number: number, more: Partial<TurnWrite> = {}): TurnWrite {
  return {
    version: number - 1,
    conversation: conversation(id, number),
    event: resumed(number),
    deliveries: [],
    receipt: `${id}:${number}`,
    ...more,
  };
}
