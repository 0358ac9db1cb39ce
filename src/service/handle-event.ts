import type { Conversation } from '../conversation/conversation.ts';
import type { Effect, Refusal } from '../conversation/effect.ts';
import type { Event } from '../conversation/event.ts';
import { takeTurn } from '../conversation/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Message } from '../message/message.ts';
import { present, presentRefusal } from '../message/present.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Delivery } from '../ports/outbox.ts';
import type { Locale } from '../text/locale.ts';

/** What a platform's intake hands over. */
export interface Incoming {
  /** The platform's own id of the event: the same event comes with the same receipt, however often it comes. */
  readonly receipt: string;
  readonly conversation: string;
  /** The destination that holds the conversation's place. */
  readonly destination: string;
  readonly event: Event;
  /** Language for somebody whose conversation is gone. */
  readonly locale: Locale;
}

/** What the actor sees at once. Nothing depends on it: all that must arrive is in the outbox. */
export type Reply =
  | {
      readonly kind: 'turned';
      readonly conversation: Conversation;
      readonly effects: readonly Effect[];
      readonly messages: readonly Message[];
      /** The ids under which the outbox brings the messages, in order. */
      readonly deliveries: readonly string[];
    }
  /** The event was handled before; `messages` show where the conversation stands now. */
  | { readonly kind: 'duplicate'; readonly messages: readonly Message[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly message: Message };

export type HandleEvent = (incoming: Incoming) => Promise<Reply>;

export interface HandleEventParts {
  readonly store: ConversationStore;
  readonly knowledge: () => Knowledge;
  /** A new delivery id of 20 base32 characters. */
  readonly newDeliveryId: () => string;
}

/** How often a turn is decided again when others were faster. */
const attempts = 20;

/**
 * Handles one event: loads the conversation, decides the turn and commits it with its deliveries. When it returns, the
 * turn is on disk. Throws what the store throws: then nothing was written, and the platform must not be told otherwise.
 */
export function createHandleEvent({ store, knowledge: current, newDeliveryId }: HandleEventParts): HandleEvent {
  return async (incoming) => {
    const knowledge = current();
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await store.load(incoming.conversation);
      const decision = takeTurn(knowledge, before, incoming.event);
      if (decision.kind === 'refused') {
        const message = presentRefusal(knowledge, before?.locale ?? incoming.locale, decision.refusal);
        return { kind: 'refused', refusal: decision.refusal, message };
      }
      const { conversation, effects } = decision;
      const messages = effects.map((effect) => present(knowledge, conversation, effect));
      const deliveries = effects.map((effect, index) =>
        deliveryOf(incoming, conversation, effect, messages[index], newDeliveryId()),
      );
      const { event, receipt } = incoming;
      const result = await store.commit({ version: before?.turn ?? 0, conversation, event, deliveries, receipt });
      if (result === 'committed')
        return { kind: 'turned', conversation, effects, messages, deliveries: deliveries.map(({ id }) => id) };
      if (result === 'duplicate') return { kind: 'duplicate', messages: await standing(store, knowledge, incoming) };
    }
    throw new Error(`conversation ${incoming.conversation} changed ${attempts} times while one event was decided`);
  };
}

/** Where the conversation stands now, decided but not written. */
async function standing(
  store: ConversationStore,
  knowledge: Knowledge,
  { conversation: id, event }: Incoming,
): Promise<readonly Message[]> {
  const conversation = await store.load(id);
  const decision = takeTurn(knowledge, conversation, { kind: 'resumed', actor: event.actor, at: event.at });
  if (decision.kind === 'refused') return [];
  return decision.effects.map((effect) => present(knowledge, decision.conversation, effect));
}

function deliveryOf(
  incoming: Incoming,
  conversation: Conversation,
  effect: Effect,
  message: Message = { locale: conversation.locale, blocks: [] },
  id: string,
): Delivery {
  const kind = effect.kind === 'open' || effect.kind === 'settle' || effect.kind === 'close' ? effect.kind : 'post';
  return {
    id,
    lane: `chat:${conversation.id}`,
    destination: incoming.destination,
    due: incoming.event.at,
    content: {
      kind,
      conversation: conversation.id,
      venue: conversation.venue,
      requester: conversation.requester,
      turn: effect.kind === 'settle' ? effect.turn : conversation.turn,
      message,
    },
  };
}
