import type { Conversation } from '../conversation/conversation.ts';
import type { Event } from '../conversation/event.ts';
import type { Delivery } from './outbox.ts';

/** One decided turn, to be written whole or not at all. */
export interface TurnWrite {
  /** The turn the decision was made on; 0 for a new conversation. */
  readonly version: number;
  readonly conversation: Conversation;
  readonly event: Event;
  readonly deliveries: readonly Delivery[];
  /** The platform's own id of the event: proof that it was handled. */
  readonly receipt: string;
}

export type CommitResult = 'committed' | 'stale' | 'duplicate';

export interface ConversationStore {
  /** The newest committed state, or undefined where there never was one or it was erased. */
  load(id: string): Promise<Conversation | undefined>;
  /** Whether an event with this receipt was committed, and to which conversation. */
  conversationOf(receipt: string): Promise<string | undefined>;
  /** What happened in a conversation, oldest first. */
  eventsOf(conversation: string): Promise<readonly Event[]>;
  /** The newest conversation of a requester in a workspace that is still open. */
  openOf(workspace: string, requester: string): Promise<Conversation | undefined>;
  /** All of them, newest first, at most `limit`. */
  allOpenOf(workspace: string, requester: string, limit: number): Promise<readonly Conversation[]>;
  /** The same in every workspace of a platform whose people are the same in all of them. */
  openOnPlatform(platform: string, requester: string, limit: number): Promise<readonly Conversation[]>;
  /**
   * Writes the turn, its log entry, its deliveries and the event's receipt in one transaction, on disk when it returns.
   * `duplicate`: the receipt is already there. `stale`: the version has moved on. Either way nothing is written.
   */
  commit(write: TurnWrite): Promise<CommitResult>;
}
