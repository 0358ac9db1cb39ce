import type { Conversation } from '../conversation/conversation.ts';
import type { Refusal } from '../conversation/effect.ts';
import type { Event } from '../conversation/event.ts';
import type { CaseEffect } from '../handoff/handoff-effect.ts';
import type { HandoffSettings } from '../handoff/settings.ts';
import { type Backing, takeCaseTurn } from '../handoff/take-case-turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Message } from '../message/message.ts';
import { presentRefusal } from '../message/present.ts';
import { presentEffect } from '../message/present-effect.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { WorkspaceStore } from '../ports/workspace-store.ts';
import type { Locale } from '../text/locale.ts';
import { deliveriesOf, type Shown } from './deliveries-of.ts';

/** What a platform's intake hands over, or what a desk told. */
export interface Incoming {
  /** The platform's own id of the event: the same event comes with the same receipt, however often it comes. */
  readonly receipt: string;
  readonly conversation: string;
  /** Whose the actor is: an agent of another workspace is no agent here. Absent where nobody of a platform acts. */
  readonly workspace?: string;
  readonly event: Event;
  /** Language for somebody whose conversation is gone. */
  readonly locale: Locale;
}

/** What the actor sees at once. Nothing depends on it: all that must arrive is in the outbox. */
export type Reply =
  | {
      readonly kind: 'turned';
      readonly conversation: Conversation;
      readonly shown: readonly Shown[];
      /** The ids under which the outbox brings what the actor's place shows, in order. */
      readonly deliveries: readonly string[];
    }
  /** The event was handled before; `messages` show where the conversation stands now. */
  | { readonly kind: 'duplicate'; readonly messages: readonly Message[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly message: Message };

export type HandleEvent = (incoming: Incoming) => Promise<Reply>;

export interface HandleEventParts {
  readonly store: ConversationStore;
  readonly workspaces: WorkspaceStore;
  readonly knowledge: () => Knowledge;
  readonly handoff: HandoffSettings;
  /** A new delivery id of 20 base32 characters. */
  readonly newDeliveryId: () => string;
}

/** How often a turn is decided again when others were faster. */
const attempts = 20;

/**
 * Handles one event: loads the conversation, decides the turn and commits it with its deliveries. When it returns, the
 * turn is on disk. Throws what the store throws: then nothing was written, and the platform must not be told otherwise.
 */
export function createHandleEvent(parts: HandleEventParts): HandleEvent {
  const handler = new EventHandler(parts);
  return (incoming) => handler.handle(incoming);
}

class EventHandler {
  readonly #parts: HandleEventParts;

  constructor(parts: HandleEventParts) {
    this.#parts = parts;
  }

  async handle(incoming: Incoming): Promise<Reply> {
    const { store, knowledge: current, handoff, newDeliveryId } = this.#parts;
    const { receipt, locale } = incoming;
    const knowledge = current();
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await store.load(incoming.conversation);
      const event = asSeenFrom(before, incoming);
      const { decision, agentLocale } = await this.#decide(knowledge, before, event);
      if (decision.kind === 'refused') {
        const message = presentRefusal(knowledge, before?.locale ?? locale, decision.refusal);
        return { kind: 'refused', refusal: decision.refusal, message };
      }
      const { conversation, effects } = decision;
      const shown = effects.map((effect): Shown => {
        const reader = isForAgents(effect)
          ? { ...conversation, locale: agentLocale ?? conversation.locale }
          : conversation;
        return { effect, message: presentEffect(knowledge, reader, effect, handoff.sender.timeZone) };
      });
      const destination = platformOf(conversation);
      const deliveries = deliveriesOf({ destination, conversation, due: event.at, newDeliveryId }, shown);
      const write = { version: before?.turn ?? 0, conversation, event, deliveries, receipt };
      const result = await store.commit(write);
      if (result === 'committed') {
        const own = deliveries.filter((delivery) => delivery.destination === destination);
        return { kind: 'turned', conversation, shown, deliveries: own.map(({ id }) => id) };
      }
      if (result === 'duplicate') return { kind: 'duplicate', messages: await this.#standing(knowledge, incoming) };
    }
    throw new Error(`conversation ${incoming.conversation} changed ${attempts} times while one event was decided`);
  }

  /** Loads what a person's case needs only where the turn concerns one. */
  async #decide(knowledge: Knowledge, before: Conversation | undefined, event: Event) {
    const decision = takeCaseTurn(knowledge, before, event);
    if (decision.kind !== 'needs-backing') return { decision, agentLocale: undefined };
    const { store, workspaces, handoff: settings } = this.#parts;
    const workspace = before?.workspace ?? (event.kind === 'started' ? event.workspace : '');
    const [{ agentChannel = null, locale }, events] = await Promise.all([
      workspaces.load(workspace),
      before === undefined ? [] : store.eventsOf(before.id),
    ]);
    const backing: Backing = { settings, agentChannel, events: [...events, event] };
    const decided = takeCaseTurn(knowledge, before, event, backing);
    if (decided.kind === 'needs-backing') throw new Error('a turn asked for its backing again');
    return { decision: decided, agentLocale: locale };
  }

  /** Where the conversation of an event that was handled before stands now, decided but not written. */
  async #standing(knowledge: Knowledge, { receipt, conversation, event }: Incoming): Promise<readonly Message[]> {
    const { store, handoff } = this.#parts;
    const now = await store.load((await store.conversationOf(receipt)) ?? conversation);
    const { decision } = await this.#decide(knowledge, now, { kind: 'resumed', actor: event.actor, at: event.at });
    if (decision.kind !== 'turn') return [];
    const { conversation: shown, effects } = decision;
    return effects.flatMap((effect) => presentEffect(knowledge, shown, effect, handoff.sender.timeZone) ?? []);
  }
}

/** The help desk of one workspace is nobody in particular in another's conversation. */
function asSeenFrom(before: Conversation | undefined, { workspace, event }: Incoming): Event {
  const isAtHome = before === undefined || workspace === undefined || before.workspace === workspace;
  return isAtHome ? event : { ...event, actor: { ...event.actor, role: 'user', guest: true } };
}

/** The destination that holds a conversation's place. */
function platformOf({ workspace }: Conversation): string {
  return workspace.slice(0, workspace.indexOf(':'));
}

function isForAgents({ kind }: CaseEffect): boolean {
  return kind === 'call' || kind === 'aside';
}
