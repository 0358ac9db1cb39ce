import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryDead } from '../../adapters/sql/outbox-operations.ts';
import { createStore } from '../../adapters/sql/store.ts';
import type { ClaimedDelivery, DeliveryResult, Destination, Pace } from '../../src/ports/outbox.ts';
import { createDeliverer } from '../../src/service/deliver.ts';
import { Starts } from '../../src/service/starts.ts';
import { delivery, start, turn } from '../sql/samples.ts';
import { silentLog } from '../sql/silent-log.ts';
import { ManualTime, settled } from './manual-time.ts';

/** A desk that notes when it was called, and how many were with it at once. */
class Desk implements Destination {
  readonly name = 'desk:example';
  readonly pace: Pace;
  readonly calls: { readonly id: string; readonly at: number }[] = [];
  readonly arrived: string[] = [];
  mostAtOnce = 0;
  #inside = 0;
  readonly #time: ManualTime;
  readonly #answers: readonly DeliveryResult[];
  readonly #lastsMs: number;

  constructor(time: ManualTime, pace: Pace, answers: readonly DeliveryResult[] = [], lastsMs = 0) {
    this.#time = time;
    this.pace = pace;
    this.#answers = answers;
    this.#lastsMs = lastsMs;
  }

  async deliver({ id }: ClaimedDelivery): Promise<DeliveryResult> {
    const answer = this.#answers[this.calls.length] ?? { kind: 'delivered' };
    this.calls.push({ id, at: this.#time.now().getTime() });
    this.#inside += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inside);
    if (this.#lastsMs > 0) await this.#time.sleep(this.#lastsMs, new AbortController().signal);
    this.#inside -= 1;
    if (answer.kind === 'delivered' || answer.kind === 'rejected') this.arrived.push(id);
    return answer;
  }

  /** The most calls that began within any stretch of the pace. */
  get mostInWindow(): number {
    const { perMs } = this.pace;
    const within = (from: number) => this.calls.filter(({ at }) => at >= from && at < from + perMs).length;
    return Math.max(0, ...this.calls.map(({ at }) => within(at)));
  }
}

/** Lets a desk have the deliveries of these lanes, for as long as it may take. */
async function run(
  lanes: readonly number[],
  desk: (time: ManualTime) => Desk,
  more: { readonly before?: (store: Awaited<ReturnType<typeof createStore>>) => Promise<unknown> } = {},
): Promise<Desk> {
  const store = await createStore('sqlite::memory:', silentLog);
  const time = new ManualTime(start);
  const ours = desk(time);
  const deliveries = lanes.map((lane, index) => delivery(`d${index}`, `lane${lane}`, { destination: ours.name }));
  await store.conversations.commit(turn('t', 1, { deliveries }));
  await more.before?.(store);
  const deliverer = createDeliverer({
    ...{ outbox: store.outbox, destinations: [ours], clock: time, timer: time, random: () => 0.5, log: silentLog },
    owner: 'me',
  });
  deliverer.start();
  for (let steps = 0; steps < 400 && ours.arrived.length < lanes.length; steps += 1) {
    await settled();
    time.advance(500);
  }
  await settled();
  await deliverer.stop();
  await store.close();
  return ours;
}

const answers: readonly DeliveryResult[] = [
  { kind: 'delivered' },
  { kind: 'throttled', retryAfterMs: 3_000 },
  { kind: 'throttled', retryAfterMs: 0 },
  { kind: 'retryable', reason: 'down' },
  { kind: 'ambiguous', reason: 'timeout' },
  { kind: 'rejected', reason: 'no' },
];

describe('a destination with a pace', () => {
  test('never gets more than it takes, in any stretch of time and side by side, and gets everything', async () => {
    const paces = fc.record({
      atOnce: fc.integer({ min: 1, max: 3 }),
      most: fc.integer({ min: 1, max: 5 }),
      perMs: fc.constantFrom(1_000, 2_500, 7_000),
    });
    const lanes = fc.array(fc.nat(6), { minLength: 1, maxLength: 20 });
    const plan = fc.array(fc.constantFrom(...answers), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(paces, lanes, plan, fc.constantFrom(0, 700), async (pace, each, planned, lastsMs) => {
        const desk = await run(each, (time) => new Desk(time, pace, planned, lastsMs));
        expect(desk.mostInWindow).toBeLessThanOrEqual(pace.most);
        expect(desk.mostAtOnce).toBeLessThanOrEqual(pace.atOnce);
        expect(desk.arrived.toSorted()).toEqual(each.map((_, index) => `d${index}`).toSorted());
        for (const lane of new Set(each)) {
          const own = each.flatMap((other, index) => (other === lane ? [`d${index}`] : []));
          expect(desk.arrived.filter((id) => own.includes(id))).toEqual(own);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('is not flooded by what an operator lets be tried anew after an outage', async () => {
    const lanes = Array.from({ length: 40 }, (_, index) => index);
    const pace = { atOnce: 2, most: 10, perMs: 60_000 };
    const desk = await run(lanes, (time) => new Desk(time, pace), {
      before: async (store) => {
        const { database } = store;
        await database.transact(
          (function* () {
            yield database.sql.updateTable('outbox').set({ state: 'dead', last_error: 'given up' }).compile();
          })(),
        );
        expect(await retryDead(database, { destination: 'desk:example' }, new Date(start))).toBe(40);
      },
    });
    expect(desk.arrived).toHaveLength(40);
    expect(desk.mostInWindow).toBe(10);
    expect((desk.calls.at(-1)?.at ?? 0) - start).toBeGreaterThanOrEqual(180_000);
  });

  test('is not held up by a clock that was set back', () => {
    const starts = new Starts({ atOnce: 2, most: 1, perMs: 60_000 });
    starts.add(start, 1);
    expect(starts.room(start + 1)).toBe(0);
    expect(starts.waitMs(start + 1)).toBe(59_999);
    expect(starts.room(start - 3_600_000)).toBe(1);
  });
});
