import type { TicketRecord, TicketStore } from '../../src/ports/ticket-store.ts';

/** Tickets in memory, with the contract of the real store. */
export class MemoryTickets implements TicketStore {
  readonly #records = new Map<string, TicketRecord>();

  async load(reference: string, desk: string): Promise<TicketRecord | undefined> {
    return this.#records.get(`${desk} ${reference}`);
  }

  async save(record: TicketRecord): Promise<'saved' | 'stale'> {
    const key = `${record.desk} ${record.reference}`;
    if ((this.#records.get(key)?.version ?? 0) !== record.version - 1) return 'stale';
    this.#records.set(key, record);
    return 'saved';
  }

  all(): readonly TicketRecord[] {
    return [...this.#records.values()];
  }
}
