import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClaimRequest, Delivery } from '../../src/ports/outbox.ts';
import { at, delivery, turn } from '../sql/samples.ts';
import type { OpenStore } from './store-contract.ts';

/** What every outbox keeps in order, holds and lets go. `open` gives a new, empty one. */
export function describeOutbox(open: () => Promise<OpenStore>): void {
  let store: OpenStore;
  let turns = 0;
  beforeEach(async () => {
    store = await open();
    turns = 0;
  });
  afterEach(() => store.close());

  async function add(...deliveries: readonly Delivery[]): Promise<void> {
    turns += 1;
    await store.conversations.commit(turn(`t${turns}`, 1, { deliveries }));
  }
  async function claim(more: Partial<ClaimRequest> = {}): Promise<string[]> {
    const request = { destinations: ['slack'], now: at(10), limit: 10, leaseMs: 30_000, owner: 'me', ...more };
    return (await store.outbox.claim(request)).map(({ id }) => id);
  }
  const done = (id: string, owner = 'me') => store.outbox.settle(id, owner, { kind: 'done', at: at(11) });
  const again = (id: string, retryAt: string, more = {}) =>
    store.outbox.settle(id, 'me', {
      kind: 'again',
      retryAt,
      reason: 'down',
      ambiguous: false,
      countsAsTry: true,
      ...more,
    });

  describe('a claim', () => {
    test('gives a delivery as it was committed', async () => {
      const added = delivery('d1', 'a');
      await add(added);
      const request = { destinations: ['slack'], now: at(10), limit: 10, leaseMs: 1_000, owner: 'me' };
      expect(await store.outbox.claim(request)).toEqual([
        { ...added, attempts: 0, ambiguous: false, triedSince: at(10) },
      ]);
    });

    test('takes the oldest of each lane, and the next when that is gone', async () => {
      await add(delivery('a1', 'a'), delivery('a2', 'a'), delivery('b1', 'b'));
      await add(delivery('a3', 'a'));
      expect(await claim()).toEqual(['a1', 'b1']);
      expect(await claim()).toEqual([]);
      await done('a1');
      expect(await claim()).toEqual(['a2']);
      await done('a2');
      expect(await claim()).toEqual(['a3']);
    });

    test('takes no more than was asked for', async () => {
      await add(delivery('a1', 'a'), delivery('b1', 'b'), delivery('c1', 'c'));
      expect(await claim({ limit: 2 })).toHaveLength(2);
      expect(await claim()).toHaveLength(1);
    });

    test('takes only what is for the named destinations', async () => {
      await add(delivery('a1', 'a', { destination: 'discord' }), delivery('b1', 'b'));
      expect(await claim()).toEqual(['b1']);
      expect(await claim({ destinations: ['discord', 'terminal'] })).toEqual(['a1']);
    });

    test('leaves what is not due, and holds its lane', async () => {
      await add(delivery('a1', 'a', { due: at(20) }), delivery('a2', 'a'));
      expect(await claim()).toEqual([]);
      expect(await claim({ now: at(20) })).toEqual(['a1']);
    });

    test('gives a delivery to one of many that ask at once', async () => {
      await add(...Array.from({ length: 20 }, (_, index) => delivery(`d${index}`, `c${index}`)));
      const claims = await Promise.all(
        Array.from({ length: 6 }, (_, index) => claim({ owner: `o${index}`, limit: 20 })),
      );
      expect(claims.flat().toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `d${index}`).toSorted());
    });
  });

  describe('a lease', () => {
    test('that has run out lets others take the delivery, as ambiguous', async () => {
      await add(delivery('a1', 'a'));
      await claim({ owner: 'gone' });
      expect(await claim({ now: at(39) })).toEqual([]);
      const request = { destinations: ['slack'], now: at(40), limit: 10, leaseMs: 1_000, owner: 'me' };
      expect(await store.outbox.claim(request)).toMatchObject([{ id: 'a1', ambiguous: true, attempts: 1 }]);
    });

    test('that is renewed goes on', async () => {
      await add(delivery('a1', 'a'));
      await claim();
      await store.outbox.renew(['a1'], 'me', at(60));
      expect(await claim({ owner: 'other', now: at(59) })).toEqual([]);
      expect(await claim({ owner: 'other', now: at(60) })).toEqual(['a1']);
    });

    test('is not taken again by its own holder, whatever the clock says', async () => {
      await add(delivery('a1', 'a'));
      await claim();
      expect(await claim({ now: at(100_000) })).toEqual([]);
    });

    test('that another has taken over takes no word from its first holder', async () => {
      await add(delivery('a1', 'a'));
      await claim({ owner: 'slow' });
      await claim({ now: at(60) });
      await done('a1', 'slow');
      await store.outbox.renew(['a1'], 'slow', at(900));
      await again('a1', at(61));
      expect(await claim({ now: at(61) })).toEqual(['a1']);
    });

    test('that is let go gives the delivery to the next at once', async () => {
      await add(delivery('a1', 'a'), delivery('b1', 'b'));
      await claim({ owner: 'stopping' });
      await done('b1', 'stopping');
      await store.outbox.release('stopping');
      const request = { destinations: ['slack'], now: at(11), limit: 10, leaseMs: 1_000, owner: 'me' };
      expect(await store.outbox.claim(request)).toMatchObject([{ id: 'a1', ambiguous: true }]);
    });
  });

  describe('a delivery that is tried again', () => {
    test('waits until then and holds back its lane, not others', async () => {
      await add(delivery('a1', 'a'), delivery('a2', 'a'), delivery('b1', 'b'));
      await claim();
      await again('a1', at(30));
      expect(await claim({ now: at(29) })).toEqual([]);
      expect(await claim({ now: at(30) })).toEqual(['a1']);
    });

    test('counts its tries, remembers the first, and that it may have arrived', async () => {
      await add(delivery('a1', 'a'));
      const take = async (seconds: number) =>
        (
          await store.outbox.claim({ destinations: ['slack'], now: at(seconds), limit: 1, leaseMs: 1_000, owner: 'me' })
        )[0];
      await take(10);
      await again('a1', at(20), { ambiguous: true });
      expect(await take(20)).toMatchObject({ attempts: 1, ambiguous: true, triedSince: at(10), due: at(0) });
      await again('a1', at(30), { countsAsTry: false });
      expect(await take(30)).toMatchObject({ attempts: 1, ambiguous: true, triedSince: at(10) });
    });
  });

  test('a dead delivery is passed by its lane', async () => {
    await add(delivery('a1', 'a'), delivery('a2', 'a'));
    await claim();
    await store.outbox.settle('a1', 'me', { kind: 'dead', at: at(11), reason: 'no such channel' });
    expect(await claim()).toEqual(['a2']);
  });

  describe('the next due', () => {
    const next = () => store.outbox.nextDue(['slack']);

    test('is that of the earliest head of a lane that nobody holds', async () => {
      expect(await next()).toBeUndefined();
      await add(delivery('a1', 'a', { due: at(50) }), delivery('a2', 'a'), delivery('b1', 'b', { due: at(40) }));
      expect(await next()).toBe(at(40));
      expect(await claim({ now: at(45) })).toEqual(['b1']);
      expect(await next()).toBe(at(50));
    });

    test('follows a delivery that is put off, and forgets the dead', async () => {
      await add(delivery('a1', 'a'));
      await claim();
      await again('a1', at(77));
      expect(await next()).toBe(at(77));
      await claim({ now: at(77) });
      await store.outbox.settle('a1', 'me', { kind: 'dead', at: at(78), reason: 'gone' });
      expect(await next()).toBeUndefined();
    });
  });

  test('a commit with deliveries wakes who listens, one without does not', async () => {
    let woken = 0;
    const stop = store.outbox.onWake(() => {
      woken += 1;
    });
    for (let commit = 0; commit < 5; commit += 1) await add();
    // A store that listens to other processes wakes once when it begins to: something may have come before.
    expect(woken).toBeLessThanOrEqual(1);
    const before = woken;
    await add(delivery('a1', 'a'));
    expect(woken).toBeGreaterThan(before);
    stop();
    const after = woken;
    await add(delivery('a2', 'a'));
    expect(woken).toBe(after);
  });
}
