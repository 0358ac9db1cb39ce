import { describe, expect, test } from 'vitest';
import { commentMark, commentReference } from '../../src/handoff/comment.ts';
import type { TicketRecord } from '../../src/ports/ticket-store.ts';
import { createDeskEar, type DeskEvent } from '../../src/service/desk-ear.ts';
import { echoOf } from '../../src/service/echo.ts';
import { type TicketOutcome, toldOf } from '../../src/service/ticket-outcome.ts';
import { MemoryTickets } from '../support/memory-tickets.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';

/** The key of no product: the shape of one, to see that it is taken out. */
const key = 'BCDFG-HJKMP-QRTVW-XY234-6789B';
const reference = 'ld:slack:T1:bcdfghjkmnpqrs:1';
const event: DeskEvent = { reference, event: 'replied', text: 'We look at it.', by: 'Sato', id: '77' };

async function earOf(state: TicketRecord['state']) {
  const tickets = new MemoryTickets();
  const outcomes: TicketOutcome[] = [];
  await tickets.save({
    ...{ reference, desk: 'reseller', conversation: 'bcdfghjkmnpqrs', version: 1, state, sends: 1, looks: 0, tries: 1 },
    ...{ triedSince: null, firstSentAt: null, lastSentAt: null, ticket: null, complete: false, reason: null },
  });
  const report = async (outcome: TicketOutcome) => void outcomes.push(outcome);
  const ear = (name: string) => createDeskEar({ name, tickets, clock: new TestClock(), report });
  return { hear: ear('reseller'), elsewhere: ear('maker'), outcomes, tickets };
}

async function wordOf(more: Partial<DeskEvent>) {
  const { hear, outcomes } = await earOf('created');
  expect(await hear({ ...event, ...more })).toBe('heard');
  const [outcome] = outcomes;
  if (outcome?.kind !== 'told') throw new Error('nothing was told');
  return outcome;
}

describe('what a desk says', () => {
  test('is told to the conversation of its ticket, under the desk’s own id', async () => {
    const outcome = await wordOf({});
    expect(outcome).toMatchObject({
      ...{ kind: 'told', conversation: 'bcdfghjkmnpqrs', stage: 'replied' },
      word: { by: 'Sato', text: 'We look at it.', keyEndings: [] },
    });
    expect(toldOf(outcome)).toMatchObject({ receipt: 'desk:reseller:77', event: { generation: 1 } });
    expect((await wordOf({ event: 'solved' })).stage).toBe('resolved');
  });

  test('with a key in it becomes that a key was issued, and its ending', async () => {
    for (const kind of ['replied', 'solved'] as const) {
      const outcome = await wordOf({ event: kind, text: `Please use ${key} from now on.` });
      expect(outcome).toMatchObject({ stage: 'key-issued', word: { text: null, keyEndings: ['6789B'] } });
      expect(JSON.stringify(outcome)).not.toContain('HJKMP');
    }
    expect(JSON.stringify(await wordOf({ by: key }))).not.toContain('HJKMP');
  });

  test('is no key where it repeats what we masked ourselves', async () => {
    expect((await wordOf({ text: 'You wrote: [KEY …6789B]' })).stage).toBe('replied');
  });

  test('is cut where it is long, after its secrets were taken out', async () => {
    const { word } = await wordOf({ text: 'あ'.repeat(5_000), by: 'x'.repeat(500) });
    expect([...(word.text ?? '')]).toHaveLength(1_000);
    expect(word.by).toHaveLength(80);
    const split = await wordOf({ text: `${'a '.repeat(494)}${key}` });
    expect(JSON.stringify(split)).not.toContain('BCDFG');
  });

  test('may be nothing but that it happened', async () => {
    expect((await wordOf({ text: ' \n', by: '' })).word).toEqual({ by: null, text: null, keyEndings: [] });
  });

  test('is unknown where no ticket of it can be at this desk', async () => {
    const { hear, elsewhere, outcomes } = await earOf('created');
    expect(await elsewhere(event)).toBe('unknown');
    expect(await hear({ ...event, reference: `${reference}0` })).toBe('unknown');
    for (const state of ['waiting', 'dead'] as const) expect(await (await earOf(state)).hear(event)).toBe('unknown');
    expect(outcomes).toEqual([]);
  });

  test('about a held ticket means that it arrived: it is not sent again', async () => {
    const { hear, tickets } = await earOf('held');
    expect(await hear(event)).toBe('heard');
    expect(tickets.all()).toMatchObject([{ state: 'created', complete: true }]);
  });
});

describe('what we wrote into the ticket ourselves', () => {
  const mark = commentMark('LIC-BCDFGHJKMN', 17);
  const body = `It is srv-01.\n\nHanako Yamada, by way of the chat ${mark}\n`;

  async function withComment() {
    const { hear, tickets, outcomes } = await earOf('created');
    const [ticket] = tickets.all();
    if (ticket === undefined) throw new Error('there is no ticket');
    await tickets.save({ ...ticket, reference: commentReference(reference, 17), echo: echoOf(body) });
    return { hear, outcomes };
  }

  test('is no news, however its lines are broken', async () => {
    const { hear, outcomes } = await withComment();
    expect(await hear({ ...event, text: body.replaceAll('\n', '\r\n') })).toBe('heard');
    expect(outcomes).toEqual([]);
  });

  test('that opens the ticket again tells only that', async () => {
    const { hear, outcomes } = await withComment();
    await hear({ ...event, event: 'reopened', text: body, by: 'bot' });
    expect(outcomes).toMatchObject([{ stage: 'reopened', word: { text: null, by: null } }]);
  });

  test('is heard where somebody quotes it and answers', async () => {
    const { hear, outcomes } = await withComment();
    await hear({ ...event, text: `Thank you.\n\n> ${body.replaceAll('\n', '\n> ')}` });
    await hear({ ...event, text: `Thank you.\n\n${body}`, id: '78' });
    expect(outcomes).toHaveLength(2);
  });

  test('is no ticket that a desk could speak of', async () => {
    const { hear } = await withComment();
    expect(await hear({ ...event, reference: commentReference(reference, 17) })).toBe('unknown');
  });
});
