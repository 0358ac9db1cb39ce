/** What is known about one ticket, or one comment in it: where it stands, and what tells whether an earlier try may have made it. */
export interface TicketRecord {
  /** Ours, the same over every try: workspace, conversation and generation of the case; of a comment, also its turn. */
  readonly reference: string;
  /** The desk's name in DESK_CONFIG. `reference` and `desk` together are the key. */
  readonly desk: string;
  readonly conversation: string;
  /** Counts the writes; the store compares it. */
  readonly version: number;
  /**
   * `waiting`: no ticket can exist. `sent`: written before the first byte goes out, so a ticket may exist. `held`: a person
   * has to say whether it arrived. `dead`: the desk refused it, or never answered.
   */
  readonly state: 'waiting' | 'sent' | 'created' | 'held' | 'dead';
  /** How often it was sent without a definite no, and how often it was looked for since the last of these. */
  readonly sends: number;
  readonly looks: number;
  /** Tries of every kind, for the operator. */
  readonly tries: number;
  /** Instants in ISO 8601, UTC: the first try, and the first and the last send without a definite no. */
  readonly triedSince: string | null;
  readonly firstSentAt: string | null;
  readonly lastSentAt: string | null;
  readonly ticket: TicketLink | null;
  /** Whether everything that belongs to the ticket has reached it: a desk may take the files after the ticket only. */
  readonly complete: boolean;
  /** Of a comment: the fingerprint of its text. A desk that tells us this text tells us our own. */
  readonly echo?: string;
  /** Why it is held or dead, or what the last try met. No requester's text. */
  readonly reason: string | null;
}

/** The desk's record of a case, in the desk's own words. */
export interface TicketLink {
  readonly id: string;
  /** The number people speak of, where the desk gives one. */
  readonly number: string | null;
  readonly url: string | null;
}

export interface TicketStore {
  load(reference: string, desk: string): Promise<TicketRecord | undefined>;
  /**
   * Writes the record, on disk when it returns. `stale`: what is stored does not have the version before `record.version`
   * (0 where nothing is stored), and nothing was written.
   */
  save(record: TicketRecord): Promise<'saved' | 'stale'>;
}
