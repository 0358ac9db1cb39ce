import type { Store } from '../../adapters/sql/store.ts';
import { cardOf } from '../../src/handoff/card.ts';
import { caseNumber } from '../../src/handoff/case-number.ts';
import { presentEffect } from '../../src/message/present-effect.ts';
import type { TicketRecord } from '../../src/ports/ticket-store.ts';
import { knowledge } from '../support/cases.ts';
import type { VendorTicket } from '../support/ticket-vendor/vendor.ts';
import { deskSettings } from './desks.ts';
import type { JournalLine } from './orders.ts';

/** What became of the tickets that were wanted. Each of the first four has to be empty. */
export interface TicketVerdict {
  /** Neither at the vendor nor held. */
  readonly lostTickets: readonly string[];
  readonly doubledTickets: readonly string[];
  /** Conversations that do not know what became of their ticket. */
  readonly unsettledTickets: readonly string[];
  /** Conversations whose card says something else than they know. */
  readonly wrongCards: readonly string[];
  readonly tickets: {
    readonly wanted: number;
    readonly created: number;
    readonly held: number;
    readonly heldThoughMade: number;
  };
}

/** Compares what was wanted with what the vendors have, what the conversations know and what their cards say. */
export async function judgeTickets(
  store: Store,
  journal: readonly JournalLine[],
  made: readonly VendorTicket[],
  cards: ReadonlyMap<string, string>,
): Promise<TicketVerdict> {
  const wanted = new Set(journal.filter(({ word }) => word === 'wanted').map(({ conversation }) => conversation));
  const ends = await Promise.all([...wanted].map((id) => endOf(store, id, made, cards)));
  const idsOf = (holds: (end: End) => boolean) => ends.filter(holds).map(({ id, about }) => `${id} ${about}`);
  return {
    lostTickets: idsOf(({ record, copies }) => copies === 0 && record?.state !== 'held'),
    doubledTickets: idsOf(({ copies }) => copies > 1),
    unsettledTickets: idsOf(
      ({ record, stage }) => stage !== record?.state || !(stage === 'created' || stage === 'held'),
    ),
    wrongCards: idsOf(({ card, due }) => card !== due),
    tickets: {
      wanted: ends.length,
      created: ends.filter(({ stage }) => stage === 'created').length,
      held: ends.filter(({ stage }) => stage === 'held').length,
      heldThoughMade: ends.filter(({ stage, copies }) => stage === 'held' && copies === 1).length,
    },
  };
}

type End = Awaited<ReturnType<typeof endOf>>;

async function endOf(
  { database, conversations }: Store,
  id: string,
  made: readonly VendorTicket[],
  cards: ReadonlyMap<string, string>,
) {
  const conversation = await conversations.load(id);
  const handoff = conversation?.handoff;
  const rows = await database.read(database.sql.selectFrom('ticket').select('body').where('conversation', '=', id));
  const [record] = rows.map(({ body }) => JSON.parse(body) as TicketRecord);
  const copies = made.filter(({ reference }) => reference === record?.reference).length;
  const due =
    conversation && handoff
      ? presentEffect(
          knowledge,
          conversation,
          cardOf(deskSettings, handoff, caseNumber(id), 'in-place'),
          deskSettings.sender.timeZone,
        )
      : undefined;
  const about = `${handoff?.to}: ${handoff?.stage}, ${record?.state} (${record?.reason}), ${copies} made`;
  return { id, about, record, copies, stage: handoff?.stage, card: cards.get(id), due: JSON.stringify(due) };
}
