import { sql as raw } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../adapters/sql/database.ts';
import type { Store } from '../../adapters/sql/store.ts';
import { StoreError } from '../../src/errors.ts';
import type { TicketRecord } from '../../src/ports/ticket-store.ts';
import { at } from '../sql/samples.ts';

const secretKey = 'a key of at least thirty-two characters';

/** Settings, installations, tickets and the audit. `open` gives a new, empty store. */
export function describeKept(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  describe('a workspace', () => {
    test('that has chosen nothing has empty settings', async () => {
      expect(await store.workspaces.load('slack:T1')).toEqual({});
    });

    test('keeps what it chose last', async () => {
      await store.workspaces.save('slack:T1', { locale: 'en', agents: ['U1'] });
      await store.workspaces.save('slack:T1', { locale: 'ja' });
      expect(await store.workspaces.load('slack:T1')).toEqual({ locale: 'ja' });
      expect(await store.workspaces.load('slack:T2')).toEqual({});
    });
  });

  describe('a preference', () => {
    test('is the last one chosen, by that person in that workspace', async () => {
      expect(await store.preferences.localeOf('slack:T1', 'U1')).toBeUndefined();
      await store.preferences.choose('slack:T1', 'U1', 'en');
      await store.preferences.choose('slack:T1', 'U1', 'ja');
      expect(await store.preferences.localeOf('slack:T1', 'U1')).toBe('ja');
      expect(await store.preferences.localeOf('slack:T1', 'U2')).toBeUndefined();
      expect(await store.preferences.localeOf('slack:T2', 'U1')).toBeUndefined();
    });
  });

  describe('an installation', () => {
    const installation = { bot: { token: 'xoxb-secret' } };

    test('is read as it was saved, until it is removed', async () => {
      const installations = store.installations([secretKey]);
      await installations.save('slack:T1', installation);
      expect(await store.installations([secretKey]).load('slack:T1')).toEqual(installation);
      await installations.remove('slack:T1');
      expect(await installations.load('slack:T1')).toBeUndefined();
    });

    test('stands encrypted in the database', async () => {
      await store.installations([secretKey]).save('slack:T1', installation);
      const [row] = await store.database.read(store.database.sql.selectFrom('installation').selectAll());
      expect(row?.sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
      expect(Buffer.from(row?.sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('xoxb');
    });

    test('does not open with another key, in the place of another, or changed', async () => {
      await store.installations([secretKey]).save('slack:T1', installation);
      await expect(store.installations([`${secretKey}!`]).load('slack:T1')).rejects.toThrow(/SECRET_KEY/);
      const { sql } = store.database;
      await store.database.transact(execute(sql.updateTable('installation').set({ workspace: 'slack:T2' })));
      await expect(store.installations([secretKey]).load('slack:T2')).rejects.toThrow(StoreError);
      await store.database.transact(execute(sql.updateTable('installation').set({ sealed: 'v2.x' })));
      await expect(store.installations([secretKey]).load('slack:T2')).rejects.toThrow(/newer version/);
    });
  });

  describe('an installation under a key that is being replaced', () => {
    const installation = { bot: { token: 'xoxb-secret' } };
    const newKey = 'another key of at least thirty-two characters';

    test('opens with the old key beside the new one, and with the new one alone from then on', async () => {
      await store.installations([secretKey]).save('slack:T1', installation);
      await store.installations([secretKey]).save('slack:T2', installation);
      expect(await store.installations([newKey, secretKey]).load('slack:T1')).toEqual(installation);
      const renewed = store.installations([newKey]);
      expect(await renewed.load('slack:T1')).toEqual(installation);
      expect(await renewed.load('slack:T2')).toEqual(installation);
      await expect(store.installations([secretKey]).load('slack:T1')).rejects.toThrow(/SECRET_KEY/);
    });

    test('is left as it is where neither key fits', async () => {
      await store.installations(['a key that was lost, of thirty-two characters']).save('slack:T1', installation);
      await store.installations([secretKey]).save('slack:T2', installation);
      const both = store.installations([newKey, secretKey]);
      expect(await both.load('slack:T2')).toEqual(installation);
      await expect(both.load('slack:T1')).rejects.toThrow(/SECRET_KEY/);
    });
  });

  describe('a ticket', () => {
    const record: TicketRecord = {
      reference: 'ld:slack:T1:a:1',
      desk: 'reseller',
      conversation: 'a',
      version: 1,
      state: 'waiting',
      sends: 0,
      looks: 0,
      tries: 0,
      triedSince: null,
      firstSentAt: null,
      lastSentAt: null,
      ticket: null,
      complete: false,
      reason: null,
    };

    test('is read as it was saved last', async () => {
      const created: TicketRecord = {
        ...record,
        version: 2,
        state: 'created',
        ticket: { id: '7', number: 'LIC-7', url: null },
      };
      expect(await store.tickets.save(record)).toBe('saved');
      expect(await store.tickets.save(created)).toBe('saved');
      expect(await store.tickets.load(record.reference, 'reseller')).toEqual(created);
      expect(await store.tickets.load(record.reference, 'vendor')).toBeUndefined();
    });

    test('is written by one of those who race', async () => {
      await store.tickets.save(record);
      expect(await store.tickets.save(record)).toBe('stale');
      const next = { ...record, version: 2, state: 'sent' } as const;
      const results = await Promise.all([1, 2, 3].map(() => store.tickets.save(next)));
      expect(results.toSorted()).toEqual(['saved', 'stale', 'stale']);
      expect(await store.tickets.save({ ...record, version: 9 })).toBe('stale');
    });
  });

  describe('the audit', () => {
    const entry = (kind: string) => ({ kind, at: at(1), detail: { conversations: 3, by: 'slack:T1/U9' } });

    test('lists its entries in order and proves them', async () => {
      await Promise.all(['erased', 'expired', 'redriven'].map((kind) => store.audit.append(entry(kind))));
      const listed = await store.audit.list();
      expect(listed.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(listed.map(({ kind }) => kind).toSorted()).toEqual(['erased', 'expired', 'redriven']);
      expect(listed[0]).toMatchObject({ at: at(1), detail: { conversations: 3 } });
      expect(await store.audit.firstBroken()).toBeUndefined();
    });

    test('takes no free text', async () => {
      const told = { kind: 'erased', at: at(1), detail: { why: 'Taro asked for it' } };
      await expect(store.audit.append(told)).rejects.toThrow(TypeError);
    });

    test('lets no entry be changed or removed', async () => {
      await store.audit.append(entry('erased'));
      const { sql } = store.database;
      await expect(
        store.database.transact(execute(sql.updateTable('audit').set({ kind: 'nothing' }))),
      ).rejects.toThrow();
      await expect(store.database.transact(execute(sql.deleteFrom('audit')))).rejects.toThrow();
      expect(await store.audit.list()).toHaveLength(1);
    });

    test('shows where somebody got round that', async () => {
      for (const kind of ['a', 'b', 'c']) await store.audit.append(entry(kind));
      const { engine, sql } = store.database;
      const dropped =
        engine === 'postgres' ? raw`drop trigger audit_append_only on audit` : raw`drop trigger audit_no_update`;
      await store.database.transact(execute({ compile: () => dropped.compile(sql) }));
      await store.database.transact(execute(sql.updateTable('audit').set({ kind: 'nothing' }).where('seq', '=', 2)));
      expect(await store.audit.firstBroken()).toBe(2);
    });
  });
}
