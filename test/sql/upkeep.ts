import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOutboxFigures } from '../../adapters/sql/outbox-figures.ts';
import { dropDead, listOutbox, retryDead } from '../../adapters/sql/outbox-operations.ts';
import { erasePerson, exportPerson } from '../../adapters/sql/personal-data.ts';
import { defaultLifetimes, expire } from '../../adapters/sql/retention.ts';
import type { Store } from '../../adapters/sql/store.ts';
import { at, conversation, delivery, resumed, start, turn } from './samples.ts';

const day = 86_400;
const now = new Date(start);
const taro = { workspace: 'slack:T1', user: 'U1' };

/** Retention, erasure and what the operator does to the outbox. `open` gives a new, empty store. */
export function describeUpkeep(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  const later = (days: number) => new Date(start + days * day * 1_000);
  const deliveries = { deliveries: [delivery('d1', 'a'), delivery('d2', 'a')] };

  async function killFirst(): Promise<void> {
    await store.conversations.commit(turn('a', 1, deliveries));
    await store.outbox.claim({ destinations: ['slack'], now: at(1), limit: 1, leaseMs: 1_000, owner: 'me' });
    await store.outbox.settle('d1', 'me', { kind: 'dead', at: at(2), reason: 'channel_not_found' });
  }

  describe('retention', () => {
    test('removes a conversation with all that belongs to it, when it has been quiet for its time', async () => {
      await store.conversations.commit(turn('a', 1, deliveries));
      await store.places.save('slack', 'a', 'head', 'C1/1');
      expect(await expire(store.database, defaultLifetimes, later(365))).toMatchObject({ conversations: 0 });
      expect(await expire(store.database, defaultLifetimes, later(366))).toMatchObject({ conversations: 1 });
      expect(await store.conversations.load('a')).toBeUndefined();
      expect(await store.places.find('slack', 'a', 'head')).toBeUndefined();
      expect(await listOutbox(store.database)).toEqual([]);
    });

    test('removes any number of them, and tells the audit how many', async () => {
      await Promise.all(Array.from({ length: 450 }, (_, index) => store.conversations.commit(turn(`c${index}`, 1))));
      await expire(store.database, defaultLifetimes, later(400));
      expect(await store.audit.list()).toMatchObject([
        { kind: 'expired', detail: { conversations: 450, receipts: 450, deliveries: 0 } },
      ]);
    });

    test('removes dead deliveries after their time, never waiting ones', async () => {
      await killFirst();
      await expire(store.database, { ...defaultLifetimes, conversationDays: 1_000 }, later(91));
      expect((await listOutbox(store.database)).map(({ id }) => id)).toEqual(['d2']);
    });

    test('keeps silent when there was nothing to do', async () => {
      await expire(store.database, defaultLifetimes, now);
      expect(await store.audit.list()).toEqual([]);
    });
  });

  describe('the figures of the outbox', () => {
    test('count by destination what is due and what was given up, and how long the oldest is due', async () => {
      await killFirst();
      await store.conversations.commit(turn('b', 1, { deliveries: [delivery('d3', 'b', { due: at(60) })] }));
      expect(await readOutboxFigures(store.database, new Date(at(10)))).toEqual([
        { destination: 'slack', waiting: 1, oldestSeconds: 10, dead: 1 },
      ]);
    });

    test('are none of an empty outbox', async () => {
      expect(await readOutboxFigures(store.database, now)).toEqual([]);
    });
  });

  describe('erasing a person', () => {
    const facts = [
      { question: 'edition', value: 'standard', origin: 'said', turn: 1, by: 'U2', at: at(1) },
      { question: 'channel', value: 'oem', origin: 'said', turn: 2, by: 'U1', at: at(2) },
    ] as const;
    beforeEach(async () => {
      await store.preferences.choose(taro.workspace, taro.user, 'ja');
      await store.conversations.commit(turn('own', 1, { deliveries: [delivery('d1', 'own')] }));
      await store.conversations.commit(
        turn('other', 1, { conversation: conversation('other', 1, { requester: 'U2' }), event: resumed(1, 'U2') }),
      );
      const wrote = {
        kind: 'wrote',
        text: 'call me on 555',
        secretsRemoved: 0,
        actor: { id: 'U1', role: 'user' },
        at: at(2),
      } as const;
      await store.conversations.commit(
        turn('other', 2, {
          conversation: conversation('other', 2, { requester: 'U2', facts: [...facts] }),
          event: wrote,
        }),
      );
    });

    test('removes their conversations and leaves those of others without their traces', async () => {
      expect(await erasePerson(store.database, taro, now)).toEqual({ conversations: 1, turns: 1 });
      expect(await store.conversations.load('own')).toBeUndefined();
      expect((await store.conversations.load('other'))?.facts.map(({ by }) => by)).toEqual(['U2', 'erased']);
      const nothing = { ...taro, locale: null, conversations: [], turnsElsewhere: [] };
      expect(await exportPerson(store.database, taro)).toEqual(nothing);
      const events = await store.database.read(store.database.sql.selectFrom('turn_log').select('event'));
      expect(JSON.stringify(events)).not.toContain('555');
    });

    test('is told to the audit, which does not name them', async () => {
      await erasePerson(store.database, taro, now);
      const [entry] = await store.audit.list();
      expect(entry).toMatchObject({
        kind: 'erased',
        detail: { conversations: 1, turns: 1, subject: expect.stringMatching(/^[0-9a-f]{16}$/) },
      });
      expect(JSON.stringify(entry)).not.toContain('U1');
    });

    test('does not let a late repeat of an event bring a conversation back', async () => {
      await erasePerson(store.database, taro, now);
      expect(await store.conversations.commit(turn('own', 1))).toBe('duplicate');
    });

    test('does not touch the same id in another workspace', async () => {
      expect(await erasePerson(store.database, { workspace: 'slack:T9', user: 'U1' }, now)).toEqual({
        conversations: 0,
        turns: 0,
      });
      expect(await store.conversations.load('own')).toBeDefined();
    });

    test('can be preceded by an export of everything', async () => {
      const data = await exportPerson(store.database, taro);
      expect(data.conversations).toMatchObject([
        { conversation: { id: 'own' }, turns: [{ turn: 1 }], deliveries: [{ id: 'd1' }] },
      ]);
      expect(data.locale).toBe('ja');
      expect(data.turnsElsewhere).toMatchObject([
        { conversation: 'other', turn: 2, event: { text: 'call me on 555' } },
      ]);
    });
  });

  describe('the operator', () => {
    test('sees what is dead and why, without its text', async () => {
      await killFirst();
      const [first, second] = await listOutbox(store.database);
      expect(first).toMatchObject({
        id: 'd1',
        state: 'dead',
        reason: 'channel_not_found',
        attempts: 1,
        conversation: 'a',
      });
      expect(second).toMatchObject({ id: 'd2', state: 'waiting' });
      expect(first).not.toHaveProperty('content');
    });

    test('has a dead delivery tried anew, and that is told to the audit', async () => {
      await killFirst();
      expect(await retryDead(store.database, { ids: ['d1', 'd2', 'unknown'] }, now)).toBe(1);
      const claimed = await store.outbox.claim({
        destinations: ['slack'],
        now: at(3),
        limit: 5,
        leaseMs: 1_000,
        owner: 'me',
      });
      expect(claimed).toMatchObject([{ id: 'd1', attempts: 0 }]);
      expect(await store.audit.list()).toMatchObject([{ kind: 'outbox-retried', detail: { deliveries: 1 } }]);
    });

    test('has those of one destination tried anew, or all', async () => {
      await killFirst();
      expect(await retryDead(store.database, { destination: 'discord' }, now)).toBe(0);
      expect(await retryDead(store.database, { destination: 'slack' }, now)).toBe(1);
      expect(await retryDead(store.database, 'all', now)).toBe(0);
    });

    test('drops dead deliveries only', async () => {
      await killFirst();
      expect(await dropDead(store.database, 'all', now)).toBe(1);
      expect((await listOutbox(store.database)).map(({ id }) => id)).toEqual(['d2']);
    });
  });
}
