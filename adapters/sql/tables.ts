import type { Generated } from 'kysely';

/**
 * The schema, the same on both engines. Instants are milliseconds since 1970 (UTC), flags are 0 or 1, JSON is text: neither
 * engine then has a say in how they compare or round.
 */
export interface Tables {
  readonly meta: MetaTable;
  readonly conversation: ConversationTable;
  readonly turn_log: TurnLogTable;
  readonly receipt: ReceiptTable;
  readonly outbox: OutboxTable;
  readonly place: PlaceTable;
  readonly workspace: WorkspaceTable;
  readonly installation: InstallationTable;
  readonly ticket: TicketTable;
  readonly ticket_attempt: TicketAttemptTable;
  readonly audit: AuditTable;
  readonly preference: PreferenceTable;
}

/** What the database knows about itself: `product`, `schema`, and single values of the stores. */
export interface MetaTable {
  readonly key: string;
  readonly value: string;
}

export interface ConversationTable {
  readonly id: string;
  readonly workspace: string;
  readonly requester: string;
  readonly state: 'open' | 'closed';
  /** The turn of `body`, compared by every commit. */
  readonly version: number;
  readonly body: string;
  readonly opened_at: number;
  readonly last_at: number;
}

/** What happened, a row a turn: for the export of a person's data and for support. */
export interface TurnLogTable {
  readonly conversation: string;
  readonly turn: number;
  readonly actor: string;
  readonly event: string;
  readonly at: number;
}

/** Proof that an event was handled. Outlives its conversation, so that a late repeat does not bring it back. */
export interface ReceiptTable {
  readonly receipt: string;
  readonly conversation: string;
  readonly at: number;
}

/** A delivery until it has arrived: then the row goes, and with it the text. Dead rows stay for the operator. */
export interface OutboxTable {
  readonly seq: Generated<number>;
  readonly id: string;
  readonly lane: string;
  readonly destination: string;
  /** Whose erasure takes the row along. */
  readonly conversation: string;
  readonly content: string;
  readonly state: 'waiting' | 'dead';
  readonly due: number;
  /** The next try: `due`, then what the tries put it off to. */
  readonly next_at: number;
  readonly attempts: number;
  readonly ambiguous: number;
  readonly tried_since: number | null;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly last_error: string | null;
  readonly created_at: number;
}

export interface PlaceTable {
  readonly platform: string;
  readonly conversation: string;
  readonly part: string;
  readonly ref: string;
}

export interface WorkspaceTable {
  readonly id: string;
  readonly settings: string;
}

export interface InstallationTable {
  readonly workspace: string;
  /** Encrypted: see `secret-box.ts`. */
  readonly sealed: string;
}

export interface TicketTable {
  readonly reference: string;
  readonly desk: string;
  readonly conversation: string;
  readonly version: number;
  readonly state: string;
  /** The desk's own id, once there is one: how a word from the desk finds its conversation. */
  readonly ticket_id: string | null;
  readonly body: string;
}

/** Every state a ticket was in, and what led to it. */
export interface TicketAttemptTable {
  readonly reference: string;
  readonly desk: string;
  readonly version: number;
  readonly state: string;
  readonly reason: string | null;
}

export interface AuditTable {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly detail: string;
  readonly hash: string;
}

export interface PreferenceTable {
  readonly workspace: string;
  readonly person: string;
  readonly locale: string;
}
