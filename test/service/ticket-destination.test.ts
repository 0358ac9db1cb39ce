import { describe, expect, test } from 'vitest';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import type { ClaimedDelivery } from '../../src/ports/outbox.ts';
import type { DeskAbilities, DeskFailure, TicketDesk } from '../../src/ports/ticket-desk.ts';
import { afterCall, closedBreaker, restMs } from '../../src/service/breaker.ts';
import { decideHeld } from '../../src/service/ticket-decision.ts';
import { createTicketDestination } from '../../src/service/ticket-destination.ts';
import { type TicketOutcome, toldOf } from '../../src/service/ticket-outcome.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { MemoryTickets } from '../support/memory-tickets.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';

const abilities: DeskAbilities = {
  repeatSafeMs: 0,
  find: 'none',
  findLagMs: 0,
  settleMs: 0,
  comments: { repeatSafeMs: 0, find: 'none', findLagMs: 0, settleMs: 0 },
  perMinute: 60,
  limits: { subject: 100, body: 10_000, filesBytes: 100_000 },
};
const ticket = renderTicket(knowledge, makLimit, 'en');
const link = { id: '7', number: '7', url: null };
const comment = commentIn(ticket, 17);

/** A desk that answers a creation with these, in order; the last for ever. */
function scripted(
  answers: readonly ({ kind: 'created'; ticket: typeof link } | DeskFailure)[],
  more: Partial<DeskAbilities> = {},
): TicketDesk & { readonly calls: () => number } {
  let calls = 0;
  return {
    abilities: { ...abilities, ...more },
    async create() {
      const answer = answers[Math.min(calls, answers.length - 1)] ?? { kind: 'created', ticket: link };
      calls += 1;
      return answer;
    },
    find: async () => ({ kind: 'found', tickets: [] }),
    comment: async () => ({ kind: 'commented' }),
    hasComment: async () => ({ kind: 'looked', there: false }),
    probe: async () => ({ kind: 'well' }),
    calls: () => calls,
  };
}

function open(desk: TicketDesk, superseded = false) {
  const clock = new TestClock();
  const tickets = new MemoryTickets();
  const outcomes: TicketOutcome[] = [];
  const errors: unknown[] = [];
  const log = { info() {}, warn() {}, error: (fields: unknown) => errors.push(fields) };
  const report = async (outcome: TicketOutcome) => void outcomes.push(outcome);
  const destination = createTicketDestination({
    ...{ name: 'reseller', desk, tickets, clock, log, report },
    isSuperseded: async () => superseded,
  });
  const send = (sent = ticket) => deliver({ kind: 'ticket', conversation: 'c', ticket: sent });
  const answer = (sent = comment) => deliver({ kind: 'comment', conversation: 'c', comment: sent });
  const deliver = (content: object) =>
    destination.deliver({
      id: 'd',
      lane: 'l',
      destination: destination.name,
      due: '',
      attempts: 0,
      ambiguous: false,
      content,
    } as unknown as ClaimedDelivery);
  return { clock, tickets, outcomes, errors, destination, send, answer };
}

describe('a ticket on its way', () => {
  test('is told when it is there, and told again under the same receipt', async () => {
    const { send, outcomes } = open(scripted([{ kind: 'created', ticket: link }]));
    expect([await send(), await send()]).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }]);
    expect(outcomes.map((outcome) => toldOf(outcome).receipt)).toEqual([
      `ticket:${ticket.reference}:reseller:created`,
      `ticket:${ticket.reference}:reseller:created`,
    ]);
  });

  test('is not sent when a secret stands in it, and the person is told', async () => {
    const desk = scripted([]);
    const { send, outcomes } = open(desk);
    const key = ['BCDFG', 'HJKMP', 'QRTVW', 'XY234', '6789B'].join('-');
    expect(await send({ ...ticket, body: `${ticket.body}\n${key}` })).toMatchObject({ kind: 'rejected' });
    expect(desk.calls()).toBe(0);
    expect(outcomes).toMatchObject([{ kind: 'dead' }]);
    expect(JSON.stringify(outcomes)).not.toContain('QRTVW');
  });

  test('is not sent where the desk would cut it', async () => {
    const desk = scripted([]);
    const { send, outcomes } = open(desk);
    expect(await send({ ...ticket, body: 'x'.repeat(abilities.limits.body + 1) })).toMatchObject({ kind: 'rejected' });
    const large = { name: 'output-1.txt', type: 'text/plain', text: 'あ'.repeat(abilities.limits.filesBytes) } as const;
    expect(await send({ ...ticket, reference: 'ld:a:b:1', files: [large] })).toMatchObject({ kind: 'rejected' });
    expect(desk.calls()).toBe(0);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['dead', 'dead']);
  });

  test('that is dead is not taken up again once the conversation has asked for another', async () => {
    const desk = scripted([{ kind: 'rejected', reason: 'desk answered 422' }]);
    const { send } = open(desk, true);
    expect(await send()).toMatchObject({ kind: 'rejected' });
    expect(await send()).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('another ticket') });
    expect(desk.calls()).toBe(1);
  });

  test('is dead when the desk refuses it for good, and sent anew when an operator takes it up', async () => {
    const desk = scripted([
      { kind: 'rejected', reason: 'desk answered 422' },
      { kind: 'created', ticket: link },
    ]);
    const { send, outcomes } = open(desk);
    expect(await send()).toMatchObject({ kind: 'rejected' });
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['dead', 'created']);
  });

  test('waits, uncounted, while the desk is closed, and its requester is told', async () => {
    const { send, outcomes, errors } = open(scripted([{ kind: 'closed', reason: 'desk answered 401' }]));
    expect(await send()).toMatchObject({ kind: 'throttled' });
    expect(await send()).toMatchObject({ kind: 'throttled' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delayed', 'delayed']);
    expect(errors).toHaveLength(1);
  });

  test('is given up after a day without a ticket: dead where none can exist, held where one may', async () => {
    for (const [answer, end] of [
      [{ kind: 'retryable', reason: 'r' }, 'dead'],
      [{ kind: 'ambiguous', reason: 'a' }, 'held'],
    ] as const) {
      const { send, clock, outcomes } = open(scripted([answer], { find: 'strong' }));
      await send();
      clock.advance(25 * 60 * 60_000);
      for (let result = await send(); result.kind !== 'rejected'; ) result = await send();
      expect(outcomes.at(-1)?.kind).toBe(end);
    }
  });

  test('that is held stays held until a person decides', async () => {
    const desk = scripted([
      { kind: 'ambiguous', reason: 'a' },
      { kind: 'created', ticket: link },
    ]);
    const { send, tickets } = open(desk);
    await send();
    expect([await send(), await send()]).toMatchObject([{ kind: 'rejected' }, { kind: 'rejected' }]);
    expect(desk.calls()).toBe(1);
    expect(await decideHeld(tickets, ticket.reference, 'reseller', { kind: 'send-again' })).toBe('decided');
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(await decideHeld(tickets, ticket.reference, 'reseller', { kind: 'send-again' })).toBe('not-held');
  });

  test('that had arrived is linked and not sent again', async () => {
    const desk = scripted([{ kind: 'ambiguous', reason: 'a' }]);
    const { send, tickets, outcomes } = open(desk);
    await send();
    await send();
    await decideHeld(tickets, ticket.reference, 'reseller', { kind: 'arrived', ticket: link });
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(desk.calls()).toBe(1);
    expect(outcomes.at(-1)).toMatchObject({ kind: 'created', ticket: link });
  });

  test('is sent by one of two processes that take it at once', async () => {
    const desk = scripted([{ kind: 'created', ticket: link }]);
    const { send } = open(desk);
    const results = await Promise.all([send(), send()]);
    expect(desk.calls()).toBe(1);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['delivered', 'throttled']);
  });

  test('refuses what is no ticket', async () => {
    const { destination } = open(scripted([]));
    expect(await destination.deliver({ content: { kind: 'post' } } as unknown as ClaimedDelivery)).toMatchObject({
      kind: 'rejected',
    });
  });
});

describe('a comment on its way', () => {
  const fates = (outcomes: readonly TicketOutcome[]) =>
    outcomes.flatMap((outcome) => (outcome.kind === 'answer' ? [outcome.fate] : []));

  test('is told when it is there, and told again under the same receipt', async () => {
    const { send, answer, outcomes } = open(scripted([]));
    await send();
    expect([await answer(), await answer()]).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }]);
    const told = outcomes.filter(({ kind }) => kind === 'answer').map(toldOf);
    expect(told.map(({ receipt }) => receipt)).toEqual([
      `ticket:${comment.reference}:reseller:arrived`,
      `ticket:${comment.reference}:reseller:arrived`,
    ]);
    const news = { kind: 'answer', fate: 'arrived', desk: 'reseller', answeredAt: comment.createdAt };
    expect(told[0]?.event).toMatchObject({ kind: 'heard', generation: 1, news });
  });

  test('waits while its ticket is held, and goes once somebody has decided that', async () => {
    const { send, answer, tickets, outcomes } = open(scripted([{ kind: 'ambiguous', reason: 'a' }]));
    await send();
    await send();
    expect(await answer()).toMatchObject({ kind: 'throttled' });
    await decideHeld(tickets, ticket.reference, 'reseller', { kind: 'arrived', ticket: link });
    expect(await answer()).toEqual({ kind: 'delivered' });
    expect(fates(outcomes)).toEqual(['arrived']);
  });

  test('is given back where its ticket is dead, or stays undecided for six hours', async () => {
    const refusing = open(scripted([{ kind: 'rejected', reason: 'desk answered 422' }]));
    await refusing.send();
    expect(await refusing.answer()).toMatchObject({ kind: 'rejected' });
    expect(fates(refusing.outcomes)).toEqual(['lost']);
    const silent = open(scripted([{ kind: 'ambiguous', reason: 'a' }]));
    await silent.send();
    await silent.send();
    silent.clock.advance(6 * 60 * 60_000);
    expect(await silent.answer()).toMatchObject({ kind: 'rejected' });
    expect(fates(silent.outcomes)).toEqual(['lost']);
  });

  test('is tried again where it certainly did not arrive, and given back after six hours', async () => {
    const desk = { ...scripted([]), comment: async () => ({ kind: 'retryable', reason: 'r' }) as const };
    const { send, answer, clock, outcomes } = open(desk);
    await send();
    expect(await answer()).toMatchObject({ kind: 'retryable' });
    expect(fates(outcomes)).toEqual([]);
    clock.advance(6 * 60 * 60_000);
    expect(await answer()).toMatchObject({ kind: 'rejected', reason: 'dead: r' });
    expect(fates(outcomes)).toEqual(['lost']);
  });

  test('that may have arrived at a desk that cannot be asked is held, until somebody decides it', async () => {
    let calls = 0;
    const desk = {
      ...scripted([]),
      async comment() {
        calls += 1;
        return calls === 1 ? ({ kind: 'ambiguous', reason: 'a' } as const) : ({ kind: 'commented' } as const);
      },
    };
    const { send, answer, tickets, outcomes } = open(desk);
    await send();
    expect([await answer(), await answer(), await answer()].map(({ kind }) => kind)).toEqual([
      ...['ambiguous', 'rejected', 'rejected'],
    ]);
    expect([calls, fates(outcomes).at(-1)]).toEqual([1, 'held']);
    expect(await decideHeld(tickets, comment.reference, 'reseller', { kind: 'send-again' })).toBe('decided');
    expect(await answer()).toEqual({ kind: 'delivered' });
    expect(fates(outcomes).at(-1)).toBe('arrived');
  });

  test('goes into the ticket that the desk finds, where its number was never heard', async () => {
    const at: string[] = [];
    const desk: TicketDesk = {
      ...scripted([{ kind: 'ambiguous', reason: 'a' }], { find: 'eventual' }),
      find: async ({ reference }) => ({ kind: 'found', tickets: reference === ticket.reference ? [link] : [] }),
      async comment({ id }) {
        at.push(id);
        return { kind: 'commented' };
      },
    };
    const { tickets, answer } = open(desk);
    await tickets.save({
      ...{ reference: ticket.reference, desk: 'reseller', conversation: 'c', version: 1, state: 'created' },
      ...{ sends: 1, looks: 0, tries: 1, triedSince: null, firstSentAt: null, lastSentAt: null },
      ...{ ticket: null, complete: true, reason: null },
    });
    expect(await answer()).toEqual({ kind: 'delivered' });
    expect(at).toEqual(['7']);
  });

  test('goes into nobody else’s ticket where another system stands under the desk’s name today', async () => {
    const at: string[] = [];
    const desk: TicketDesk = {
      ...scripted([], { find: 'strong' }),
      find: async () => ({ kind: 'found', tickets: [{ ...link, id: '8' }] }),
      async comment({ id }) {
        at.push(id);
        return { kind: 'commented' };
      },
    };
    const { send, answer, outcomes } = open(desk);
    await send();
    expect(await answer()).toMatchObject({ kind: 'rejected' });
    expect([at, fates(outcomes)]).toEqual([[], ['lost']]);
  });

  test('that the desk refuses is given back at once, stays so, and keeps no ticket waiting', async () => {
    let calls = 0;
    const desk: TicketDesk = {
      ...scripted([]),
      async comment() {
        calls += 1;
        return { kind: 'closed', reason: 'desk answered 403' };
      },
    };
    const { send, answer, outcomes } = open(desk);
    await send();
    expect([await answer(), await answer()].map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
    expect([calls, fates(outcomes)]).toEqual([1, ['lost']]);
    const other = { ...ticket, reference: ticket.reference.replace(/1$/, '2') };
    expect(await send(other)).toEqual({ kind: 'delivered' });
  });

  test('is not sent when a secret stands in it, and the log holds none', async () => {
    const { send, answer, outcomes } = open({
      ...scripted([]),
      comment: async () => {
        throw new Error('it was sent');
      },
    });
    await send();
    const key = ['BCDFG', 'HJKMP', 'QRTVW', 'XY234', '6789B'].join('-');
    expect(await answer({ ...comment, body: `${key} ${comment.mark}` })).toMatchObject({ kind: 'rejected' });
    expect(fates(outcomes)).toEqual(['lost']);
    expect(JSON.stringify(outcomes)).not.toContain('QRTVW');
  });
});

describe('the breaker', () => {
  const failure = { kind: 'retryable', reason: 'r' } as const;

  test('rests after five failures in a row, longer each time, five minutes at most', () => {
    let breaker = closedBreaker;
    const rests = Array.from({ length: 12 }, () => {
      breaker = afterCall(breaker, failure, 0);
      return restMs(breaker, 0);
    });
    expect(rests).toEqual([0, 0, 0, 0, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000, 300_000]);
  });

  test('forgets its failures with the first success, and a refused ticket is one', () => {
    const tired = afterCall(afterCall(closedBreaker, failure, 0), failure, 0);
    expect(afterCall(tired, { kind: 'well' }, 0)).toEqual(closedBreaker);
    expect(afterCall(tired, { kind: 'rejected', reason: 'r' }, 0)).toEqual(closedBreaker);
  });

  test('waits for the whole desk as long as the desk says', () => {
    expect(restMs(afterCall(closedBreaker, { kind: 'throttled', retryAfterMs: 7_000 }, 0), 0)).toBe(7_000);
  });
});
