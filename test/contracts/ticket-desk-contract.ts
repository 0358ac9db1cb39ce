import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Comment } from '../../src/handoff/comment.ts';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { MemoryTickets } from '../support/memory-tickets.ts';
import { deliverToTheEnd, type KillPoint, killPoints } from '../support/ticket-vendor/deliver-to-the-end.ts';
import { type Fault, faults, TestClock, type TicketVendor } from '../support/ticket-vendor/vendor.ts';

export interface DeskSetup {
  readonly desk: TicketDesk;
  readonly vendor: TicketVendor;
}

/** What every ticket desk must do, whatever its vendor does to us: one ticket and one comment, or held; never two, never lost. */
export function describeTicketDesk(name: string, start: (clock: TestClock) => Promise<DeskSetup>): void {
  describe(`ticket desk: ${name}`, () => {
    const clock = new TestClock();
    const ticket = renderTicket(knowledge, makLimit, 'ja');
    let setup: DeskSetup;
    let round = 0;

    beforeAll(async () => {
      setup = await start(clock);
    });
    beforeEach(() => setup.vendor.forget());
    afterAll(() => setup.vendor.close());

    const fresh = (): Ticket => {
      round += 1;
      return { ...ticket, reference: `${ticket.reference}${round}` };
    };
    const madeOf = ({ reference }: Ticket) =>
      setup.vendor.tickets().filter((each) => each.reference === reference).length;

    async function oneTicketOrHeld(plan: readonly Fault[], kills: readonly KillPoint[]): Promise<void> {
      const { desk, vendor } = setup;
      vendor.plan(plan);
      const sent = fresh();
      const { result, record, outcomes } = await deliverToTheEnd({ desk, clock, ticket: sent, kills });
      const last = outcomes.at(-1);
      if (result.kind === 'delivered') {
        expect(madeOf(sent)).toBe(1);
        expect(record).toMatchObject({ state: 'created', complete: true });
        expect(last).toMatchObject({ kind: 'created' });
      } else {
        expect(record?.state).toBe('held');
        expect(madeOf(sent)).toBeLessThanOrEqual(1);
        expect(last).toMatchObject({ kind: 'held' });
        expect(desk.abilities.find, 'a desk that can be asked at once is asked').not.toBe('strong');
      }
    }

    /** A ticket that is at the desk, and what is answered in it. On a busy machine a desk that cannot be asked may hold one. */
    async function ticketWithComment(): Promise<{ ticket: Ticket; comment: Comment; tickets: MemoryTickets }> {
      const tickets = new MemoryTickets();
      for (;;) {
        const sent = fresh();
        const { result } = await deliverToTheEnd({ desk: setup.desk, clock, ticket: sent, tickets, kills: [] });
        if (result.kind === 'delivered') return { ticket: sent, comment: commentIn(sent, 7 + round), tickets };
      }
    }

    async function oneCommentOrHeld(plan: readonly Fault[], kills: readonly KillPoint[]): Promise<void> {
      const { desk, vendor } = setup;
      const begun = await ticketWithComment();
      vendor.plan(plan);
      const { result, record, outcomes } = await deliverToTheEnd({ ...begun, desk, clock, kills });
      const [ticketThere] = vendor.tickets().filter(({ reference }) => reference === begun.ticket.reference);
      const made = (ticketThere?.comments ?? []).filter(({ body }) => body.includes(begun.comment.mark)).length;
      const last = outcomes.at(-1);
      if (result.kind === 'delivered') {
        expect(made).toBe(1);
        expect(record).toMatchObject({ state: 'created', complete: true });
        expect(last).toMatchObject({ kind: 'answer', fate: 'arrived', reference: begun.ticket.reference });
      } else {
        expect(record?.state).toBe('held');
        expect(made).toBeLessThanOrEqual(1);
        expect(last).toMatchObject({ kind: 'answer', fate: 'held' });
        expect(desk.abilities.comments.find, 'a desk that can be asked at once is asked').not.toBe('strong');
      }
      expect(madeOf(begun.ticket)).toBe(1);
    }

    function describeOnce(what: string, once: typeof oneTicketOrHeld, seed: number): void {
      test.each(faults)(`makes one ${what} or holds it after %s`, (fault) => once([fault], []));

      test.each(killPoints)(`makes one ${what} or holds it when killed %s`, (kill) => once([], [kill]));

      test(`makes one ${what} or holds it whatever the vendor does, wherever we are killed`, {
        timeout: 60_000,
      }, async () => {
        const plans = fc.array(fc.constantFrom(...faults), { maxLength: 3 });
        const kills = fc.array(fc.constantFrom(...killPoints), { maxLength: 2 });
        await fc.assert(
          fc.asyncProperty(plans, kills, async (plan, points) => {
            setup.vendor.forget();
            await once(plan, points);
          }),
          { numRuns: 20, seed },
        );
      });
    }

    test('takes the whole ticket: subject, body and every file, unharmed', async () => {
      const sent = fresh();
      await deliverToTheEnd({ desk: setup.desk, clock, ticket: sent, kills: [] });
      const [made] = setup.vendor.tickets();
      expect(made?.subject).toBe(sent.subject);
      expect(made?.body.trimEnd()).toBe(sent.body.trimEnd());
      expect(new Map(made?.files)).toEqual(new Map(sent.files.map(({ name, text }) => [name, text])));
    });

    test('is proved by a probe that makes nothing', async () => {
      expect(await setup.desk.probe()).toEqual({ kind: 'well' });
      expect(setup.vendor.tickets()).toEqual([]);
    });

    describeOnce('ticket', oneTicketOrHeld, 9);

    test('takes a comment whole, into its ticket', async () => {
      const begun = await ticketWithComment();
      await deliverToTheEnd({ ...begun, desk: setup.desk, clock, kills: [] });
      expect(madeOf(begun.ticket)).toBe(1);
      const there = setup.vendor.tickets().find(({ reference }) => reference === begun.ticket.reference);
      expect(there?.comments.map(({ body }) => body.trimEnd())).toEqual([begun.comment.body.trimEnd()]);
    });

    describeOnce('comment', oneCommentOrHeld, 11);

    test('finds a comment it made, and none that it did not, where it can find', async () => {
      const { desk } = setup;
      const { ticket: sent, comment, tickets } = await ticketWithComment();
      const { record } = await deliverToTheEnd({ desk, clock, ticket: sent, comment, tickets, kills: [] });
      if (desk.abilities.comments.find === 'none' || record?.ticket == null) return;
      clock.advance(desk.abilities.comments.findLagMs);
      expect(await desk.hasComment(record.ticket, comment)).toEqual({ kind: 'looked', there: true });
      const other = commentIn(sent, 7);
      expect(await desk.hasComment(record.ticket, other)).toEqual({ kind: 'looked', there: false });
    });

    test('finds by its reference what it made, where it can find', async () => {
      const sent = fresh();
      const { record } = await deliverToTheEnd({ desk: setup.desk, clock, ticket: sent, kills: [] });
      if (setup.desk.abilities.find === 'none') return;
      clock.advance(setup.desk.abilities.findLagMs);
      expect(await setup.desk.find(sent)).toMatchObject({ kind: 'found', tickets: [{ id: record?.ticket?.id }] });
    });
  });
}
