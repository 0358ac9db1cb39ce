/**
 * What a vendor does to one creation or comment. `before` and `after` say whether it exists then: `silent` never answers,
 * `late` commits half a minute later and never answers, `conflict` says 409 while it commits, `garbled` commits and answers nonsense.
 */
export const faults = [
  'reset-before',
  'reset-after',
  'silent-before',
  'silent-after',
  'late',
  'error-before',
  'error-after',
  'busy',
  'conflict',
  'garbled',
] as const;
export type Fault = (typeof faults)[number] | 'none';

export interface VendorTicket {
  readonly id: number;
  readonly reference: string;
  readonly subject: string;
  readonly body: string;
  readonly files: Map<string, string>;
  readonly comments: VendorComment[];
  /** When a search finds it, on the test's clock. */
  readonly visibleAt: number;
}

/** A comment as it came in: `subject` where the system has one. */
export interface VendorComment {
  readonly subject: string;
  readonly body: string;
  readonly visibleAt: number;
}

/** A ticket system on loopback that misbehaves as it is told. */
export interface TicketVendor {
  /** The next creations and comments meet these, one each; after them all is well. */
  plan(plan: readonly Fault[]): void;
  tickets(): readonly VendorTicket[];
  /** Everything that ever came in over the wire, decoded. */
  received(): string;
  forget(): void;
  close(): Promise<void>;
}

/** The clock of a test: it moves when the test says so. */
export class TestClock {
  #now = Date.parse('2026-11-22T06:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
