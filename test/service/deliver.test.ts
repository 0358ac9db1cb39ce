import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ClaimedDelivery, DeliveryResult, Destination } from '../../src/ports/outbox.ts';
import { createDeliverer, type Deliverer } from '../../src/service/deliver.ts';
import { delivery, start, turn } from '../sql/samples.ts';
import { silentLog } from '../sql/silent-log.ts';
import { ManualTime, settled } from './manual-time.ts';

const delivered: DeliveryResult = { kind: 'delivered' };

/** A destination that records what it is given and answers as it is told; `hold` keeps the answer back. */
class Recorder implements Destination {
  readonly name: string;
  readonly seen: ClaimedDelivery[] = [];
  readonly answers: (DeliveryResult | Error)[] = [];
  hold = Promise.resolve();

  constructor(name = 'slack') {
    this.name = name;
  }

  async deliver(delivery: ClaimedDelivery): Promise<DeliveryResult> {
    this.seen.push(delivery);
    const answer = this.answers.shift() ?? delivered;
    await this.hold;
    if (answer instanceof Error) throw answer;
    return answer;
  }

  get ids(): readonly string[] {
    return this.seen.map(({ id }) => id);
  }
}

let store: Store;
let time: ManualTime;
let slack: Recorder;
let deliverers: Deliverer[];

beforeEach(async () => {
  store = await createStore('sqlite::memory:', silentLog);
  time = new ManualTime(start);
  slack = new Recorder();
  deliverers = [];
});
afterEach(async () => {
  await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
  await store.close();
});

function deliver(
  more: { destinations?: readonly Destination[]; owner?: string; log?: Log; random?: number } = {},
): Deliverer {
  const { destinations = [slack], owner = 'me', log = silentLog, random = 1 } = more;
  const deliverer = createDeliverer({
    outbox: store.outbox,
    destinations,
    clock: time,
    timer: time,
    random: () => random,
    log,
    owner,
  });
  deliverers.push(deliverer);
  deliverer.start();
  return deliverer;
}

const add = (id: string, ...deliveries: Parameters<typeof delivery>[]) =>
  store.conversations.commit(turn(id, 1, { deliveries: deliveries.map((args) => delivery(...args)) }));

async function rest(): Promise<
  readonly { readonly state: string; readonly id: string; readonly last_error: string | null }[]
> {
  return store.database.read(
    store.database.sql.selectFrom('outbox').select(['id', 'state', 'last_error']).orderBy('seq'),
  );
}

describe('deliveries', () => {
  test('that wait at the start are made, and gone', async () => {
    await add('t', ['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
    deliver();
    await settled(() => slack.seen.length === 3);
    await settled();
    expect(slack.ids.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2']);
    expect(await rest()).toEqual([]);
  });

  test('are made as soon as they are committed, without the clock', async () => {
    deliver();
    await settled();
    await add('t', ['a1', 'a']);
    await settled(() => slack.seen.length === 1);
    expect(slack.ids).toEqual(['a1']);
  });

  test('of one lane wait for each other, and lanes do not', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slack.hold = promise;
    await add('t', ['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
    deliver();
    await settled();
    expect(slack.ids).toEqual(['a1', 'b1']);
    resolve();
    await settled(() => slack.seen.length === 3);
    expect(slack.ids).toEqual(['a1', 'b1', 'a2']);
  });

  test('to a destination that hangs do not hold back those to another', async () => {
    const desk = new Recorder('desk');
    desk.hold = new Promise(() => {});
    await add(
      't',
      ...Array.from(
        { length: 30 },
        (_, index): Parameters<typeof delivery> => [`d${index}`, `c${index}`, { destination: 'desk' }],
      ),
    );
    await add('u', ['a1', 'a']);
    deliver({ destinations: [desk, slack] });
    await settled(() => slack.seen.length === 1);
    expect(slack.ids).toEqual(['a1']);
    expect(desk.seen.length).toBeLessThan(30);
    deliverers = [];
  });

  test('that are due later wait for their time', async () => {
    await add('t', ['a1', 'a', { due: new Date(start + 60_000).toISOString() }]);
    deliver();
    await settled();
    for (let seconds = 0; seconds < 59; seconds += 1) {
      time.advance(1_000);
      await settled(() => slack.seen.length > 0);
    }
    expect(slack.ids).toEqual([]);
    time.advance(1_000);
    await settled(() => slack.seen.length === 1);
    expect(slack.ids).toEqual(['a1']);
  });
});

describe('a try', () => {
  test('that is rejected makes the delivery dead, and its lane goes on', async () => {
    slack.answers.push({ kind: 'rejected', reason: 'channel_not_found' });
    await add('t', ['a1', 'a'], ['a2', 'a']);
    deliver();
    await settled(() => slack.seen.length === 2);
    await settled();
    expect(slack.ids).toEqual(['a1', 'a2']);
    expect(await rest()).toEqual([{ id: 'a1', state: 'dead', last_error: 'channel_not_found' }]);
  });

  test('that is throttled comes again when the destination says, and does not count', async () => {
    slack.answers.push({ kind: 'throttled', retryAfterMs: 3_000 });
    await add('t', ['a1', 'a']);
    deliver();
    await settled();
    time.advance(2_900);
    await settled();
    expect(slack.seen).toHaveLength(1);
    time.advance(100);
    await settled(() => slack.seen.length === 2);
    expect(slack.seen[1]).toMatchObject({ id: 'a1', attempts: 0, ambiguous: false });
  });

  test('that fails comes again after waits that double', async () => {
    slack.answers.push(...Array.from({ length: 3 }, () => ({ kind: 'retryable', reason: 'down' }) as const));
    await add('t', ['a1', 'a']);
    deliver();
    await settled();
    for (const [tries, waitMs] of [1_000, 2_000, 4_000].entries()) {
      expect(slack.seen).toHaveLength(tries + 1);
      time.advance(waitMs - 1);
      await settled();
      expect(slack.seen).toHaveLength(tries + 1);
      time.advance(50);
      await settled();
    }
    expect(slack.seen.at(-1)).toMatchObject({ id: 'a1', attempts: 3, ambiguous: false });
  });

  test('that may have arrived comes again under the same id, marked so', async () => {
    slack.answers.push({ kind: 'ambiguous', reason: 'timeout' }, { kind: 'retryable', reason: 'down' });
    await add('t', ['a1', 'a']);
    deliver({ random: 0 });
    for (let tries = 0; tries < 3; tries += 1) {
      await settled();
      time.advance(50);
    }
    expect(slack.seen.map(({ id, ambiguous }) => [id, ambiguous])).toEqual([
      ['a1', false],
      ['a1', true],
      ['a1', true],
    ]);
  });

  test('in which the destination throws is ambiguous, and logged', async () => {
    const errors: string[] = [];
    slack.answers.push(new Error('a fault of ours'));
    await add('t', ['a1', 'a']);
    deliver({ random: 0, log: { ...silentLog, error: (_, message) => errors.push(message) } });
    await settled();
    time.advance(50);
    await settled();
    expect(slack.seen[1]).toMatchObject({ ambiguous: true });
    expect(errors).toEqual(['a destination threw']);
  });

  test('that fails for an hour is the last', async () => {
    slack.answers.push(...Array.from({ length: 100 }, () => ({ kind: 'retryable', reason: 'down' }) as const));
    await add('t', ['a1', 'a']);
    deliver();
    for (let minutes = 0; minutes < 70; minutes += 1) {
      await settled();
      time.advance(60_000);
    }
    await settled();
    expect(await rest()).toEqual([{ id: 'a1', state: 'dead', last_error: 'given up: down' }]);
    expect(slack.seen.length).toBeGreaterThan(10);
    expect(slack.seen.length).toBeLessThan(30);
  });
});

describe('a lease', () => {
  test('is renewed while a try takes long, so that nobody else begins it', async () => {
    slack.hold = new Promise(() => {});
    const other = new Recorder();
    await add('t', ['a1', 'a']);
    deliver();
    await settled(() => slack.seen.length === 1);
    deliver({ destinations: [other], owner: 'other' });
    for (let seconds = 0; seconds < 120; seconds += 5) {
      time.advance(5_000);
      await settled();
    }
    expect(other.ids).toEqual([]);
    expect(slack.ids).toEqual(['a1']);
    deliverers = [];
  });

  test('of a process that died is taken over, as ambiguous', async () => {
    await add('t', ['a1', 'a'], ['a2', 'a']);
    await store.outbox.claim({
      destinations: ['slack'],
      now: time.now().toISOString(),
      limit: 1,
      leaseMs: 30_000,
      owner: 'dead',
    });
    deliver();
    for (let seconds = 0; seconds < 40; seconds += 5) {
      time.advance(5_000);
      await settled();
    }
    expect(slack.seen.map(({ id, ambiguous }) => [id, ambiguous])).toEqual([
      ['a1', true],
      ['a2', false],
    ]);
  });

  test('outlives a clock that jumps: nothing is begun twice in one process', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slack.hold = promise;
    await add('t', ['a1', 'a']);
    deliver();
    await settled(() => slack.seen.length === 1);
    time.advance(3_600_000);
    await settled();
    time.advance(-7_200_000);
    await settled();
    resolve();
    await settled();
    expect(slack.ids).toEqual(['a1']);
    expect(await rest()).toEqual([]);
  });
});

describe('a stop', () => {
  test('waits for what is under way and begins nothing more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slack.hold = promise;
    await add('t', ['a1', 'a'], ['a2', 'a']);
    const deliverer = deliver();
    await settled(() => slack.seen.length === 1);
    const stopped = deliverer.stop();
    await settled();
    resolve();
    await stopped;
    expect(slack.ids).toEqual(['a1']);
    expect(await rest()).toMatchObject([{ id: 'a2', state: 'waiting' }]);
  });

  test('does not wait for ever: what hangs is let go for another process, as ambiguous', async () => {
    slack.hold = new Promise(() => {});
    await add('t', ['a1', 'a']);
    const deliverer = deliver();
    await settled(() => slack.seen.length === 1);
    const stopped = deliverer.stop();
    await settled();
    time.advance(10_000);
    await stopped;
    const other = new Recorder();
    deliver({ destinations: [other], owner: 'other' });
    await settled(() => other.seen.length === 1);
    expect(other.seen[0]).toMatchObject({ id: 'a1', ambiguous: true });
    deliverers = deliverers.slice(1);
  });
});
