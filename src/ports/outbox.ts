import type { CommentDelivery } from '../handoff/comment.ts';
import type { TicketDelivery } from '../handoff/ticket.ts';
import type { Message } from '../message/message.ts';

/**
 * One row of the outbox. Deliveries of one lane go out one after the other, in the order they were committed; lanes do not
 * wait for each other.
 */
export interface Delivery<Content extends DeliveryContent = DeliveryContent> {
  /** 20 characters of base32: also the platform's own mark against repeats (Discord's nonce). */
  readonly id: string;
  readonly lane: string;
  /** Which `Destination` takes it: `slack`, `discord`, `terminal`, a desk. */
  readonly destination: string;
  /** Not before this instant (ISO 8601, UTC). */
  readonly due: string;
  readonly content: Content;
}

export type DeliveryContent = ChatDelivery | TicketDelivery | CommentDelivery;

/** What a chat platform is to do for a conversation. */
export type ChatDelivery = PlaceDelivery | StatusDelivery | CallDelivery | AsideDelivery | AdmitDelivery;

interface Placed {
  readonly conversation: string;
  readonly venue: string;
  readonly requester: string;
}

/** A message in the conversation's place. */
export interface PlaceDelivery extends Placed {
  readonly kind: 'open' | 'post' | 'settle' | 'close';
  /** The turn whose prompt the message is (`post`), or whose prompt becomes it (`settle`). */
  readonly turn: number;
  readonly message: Message;
}

/** The one message that says where a ticket stands: edited where it is, or posted `anew` and edited there from then on. */
export interface StatusDelivery extends Placed {
  readonly kind: 'status';
  readonly anew: boolean;
  readonly message: Message;
}

/** The card of the help desk's people in their own channel, with the way to the place: edited, or posted `anew`. */
export interface CallDelivery extends Placed {
  readonly kind: 'call';
  readonly channel: string;
  readonly anew: boolean;
  readonly message: Message;
}

/** For under that card, and only where the place is one the help desk does not see: direct messages, a private channel. */
export interface AsideDelivery extends Placed {
  readonly kind: 'aside';
  readonly channel: string;
  readonly message: Message;
}

/** Somebody is let into the place. */
export interface AdmitDelivery extends Placed {
  readonly kind: 'admit';
  readonly person: string;
}

export interface ClaimedDelivery<Content extends DeliveryContent = DeliveryContent> extends Delivery<Content> {
  /** How often it was tried before, and whether the last try may have arrived. */
  readonly attempts: number;
  readonly ambiguous: boolean;
  /** When it was first tried; absent before the first try. */
  readonly triedSince?: string;
}

/** What came of one try. Ours to know: only `ambiguous` may have arrived. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'retryable'; readonly reason: string }
  | { readonly kind: 'ambiguous'; readonly reason: string };

/** Whoever takes deliveries: a chat platform, a ticket desk. */
export interface Destination {
  readonly name: string;
  /** How long a delivery that keeps failing is tried before it is dead; an hour where the destination does not say. */
  readonly giveUpAfterMs?: number;
  /** Must not throw: a fault is a result. The same delivery may come again under the same id. */
  deliver(delivery: ClaimedDelivery): Promise<DeliveryResult>;
}

export interface ClaimRequest {
  readonly destinations: readonly string[];
  readonly now: string;
  readonly limit: number;
  readonly leaseMs: number;
  readonly owner: string;
}

export interface Outbox {
  /**
   * Takes the oldest delivery of each lane, where it is due and nobody else holds it, and holds it for `leaseMs`. A later one
   * of the lane waits until it is gone or dead. One whose lease ran out comes again as ambiguous: its holder may have sent it.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedDelivery[]>;
  /** Writes what came of a try: gone, again at `retryAt`, or dead with its reason. Ignored when the lease is no longer the owner's. */
  settle(id: string, owner: string, outcome: SettledDelivery): Promise<void>;
  /** Holds deliveries on until `until`, while their try takes long. Ignored for those that are no longer the owner's. */
  renew(ids: readonly string[], owner: string, until: string): Promise<void>;
  /** Lets go what `owner` still holds, for a stop that cannot wait. It may have been sent: it comes again as ambiguous. */
  release(owner: string): Promise<void>;
  /** Calls when a commit has added deliveries, here or in another process. Returns how to stop listening. */
  onWake(wake: () => void): () => void;
  /** When the next delivery that nobody holds can be taken, if there is any. */
  nextDue(destinations: readonly string[]): Promise<string | undefined>;
}

export type SettledDelivery =
  | { readonly kind: 'done'; readonly at: string }
  | {
      readonly kind: 'again';
      readonly retryAt: string;
      readonly reason: string;
      readonly ambiguous: boolean;
      readonly countsAsTry: boolean;
    }
  | { readonly kind: 'dead'; readonly at: string; readonly reason: string };
