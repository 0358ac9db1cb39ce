import type { Gateway } from './gateway.ts';
import type { InteractionLedger } from './interactions.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { World } from './world.ts';

/** A mention in a bot message that would have notified somebody. */
export interface Ping {
  readonly channelId: string;
  readonly messageId: string;
  /** The mention as written (`<@123>`, `@everyone`), or `reply` for the author of the message replied to. */
  readonly mention: string;
}

/** What the routes and the people of one peer share. */
export interface PeerState {
  readonly token: string;
  readonly applicationId: string;
  readonly world: World;
  readonly journal: Journal;
  readonly ledger: InteractionLedger;
  readonly commands: Map<string, JsonObject>;
  readonly pings: Ping[];
  readonly gateway: Gateway;
  now(): number;
  newId(atMs?: number): string;
  /** `http://127.0.0.1:PORT`, known once the peer listens. */
  origin(): string;
}
