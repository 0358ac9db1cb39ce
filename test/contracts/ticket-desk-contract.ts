import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { knowledge, makLimit } from '../support/cases.ts';
import { deliverToTheEnd, type KillPoint, killPoints } from '../support/ticket-vendor/deliver-to-the-end.ts';
import { type Fault, faults, TestClock, type TicketVendor } from '../support/ticket-vendor/vendor.ts';

export interface DeskSetup {
  readonly desk: TicketDesk;
  readonly vendor: TicketVendor;
}

/** What every ticket desk must do, whatever its vendor does to us: one ticket, or held; never two, never lost. */
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

    test.each(faults)('makes one ticket or holds it after %s', (fault) => oneTicketOrHeld([fault], []));

    test.each(killPoints)('makes one ticket or holds it when killed %s', (kill) => oneTicketOrHeld([], [kill]));

    test('makes one ticket or holds it whatever the vendor does, wherever we are killed', {
      timeout: 60_000,
    }, async () => {
      const plans = fc.array(fc.constantFrom(...faults), { maxLength: 3 });
      const kills = fc.array(fc.constantFrom(...killPoints), { maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(plans, kills, async (plan, points) => {
          setup.vendor.forget();
          await oneTicketOrHeld(plan, points);
        }),
        { numRuns: 20, seed: 9 },
      );
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
