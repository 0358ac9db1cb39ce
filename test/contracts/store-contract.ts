import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { at, conversation, delivery, turn } from '../sql/samples.ts';

export interface OpenStore {
  readonly conversations: ConversationStore;
  readonly outbox: Outbox;
  readonly places: PlaceStore;
  close(): Promise<void>;
}

/** What every store keeps and refuses. `open` gives a new, empty one. */
export function describeConversationStore(open: () => Promise<OpenStore>): void {
  let store: OpenStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  const claimAll = () =>
    store.outbox.claim({ destinations: ['slack'], now: at(100), limit: 100, leaseMs: 1_000, owner: 'all' });

  describe('a conversation', () => {
    test('is read as it was committed', async () => {
      const write = turn('a', 1);
      expect(await store.conversations.commit(write)).toBe('committed');
      expect(await store.conversations.load('a')).toEqual(write.conversation);
    });

    test('is unknown before its first turn', async () => {
      expect(await store.conversations.load('a')).toBeUndefined();
    });

    test('moves on with each turn', async () => {
      await store.conversations.commit(turn('a', 1));
      await store.conversations.commit(turn('a', 2));
      expect((await store.conversations.load('a'))?.turn).toBe(2);
    });

    test('keeps any character', async () => {
      const venue = 'テスト "\' \\ \u{1f512} \u2028';
      await store.conversations.commit(turn('a', 1, { conversation: conversation('a', 1, { venue }) }));
      expect((await store.conversations.load('a'))?.venue).toBe(venue);
    });

    test('is found by its requester while it is open, the newest first', async () => {
      await store.conversations.commit(turn('a', 1));
      await store.conversations.commit(turn('b', 1, { conversation: conversation('b', 1, { openedAt: at(50) }) }));
      await store.conversations.commit(
        turn('c', 1, { conversation: conversation('c', 1, { openedAt: at(60), state: 'closed' }) }),
      );
      expect((await store.conversations.openOf('slack:T1', 'U1'))?.id).toBe('b');
      const all = await store.conversations.allOpenOf('slack:T1', 'U1', 10);
      expect(all[0]?.id).toBe('b');
      expect(await store.conversations.allOpenOf('slack:T1', 'U1', 1)).toEqual(all.slice(0, 1));
      expect(await store.conversations.openOf('slack:T2', 'U1')).toBeUndefined();
      expect(await store.conversations.openOf('slack:T1', 'U2')).toBeUndefined();
    });

    test('is found by its requester in every workspace of a platform, while it is open, the newest first', async () => {
      const inWorkspace = (id: string, workspace: string, more: Partial<Conversation> = {}) =>
        store.conversations.commit(turn(id, 1, { conversation: conversation(id, 1, { workspace, ...more }) }));
      await inWorkspace('a', 'discord:1', { openedAt: at(10) });
      await inWorkspace('b', 'discord:@me', { openedAt: at(20) });
      await inWorkspace('c', 'discord:2', { state: 'closed' });
      await inWorkspace('d', 'slack:T1');
      await inWorkspace('e', 'discord:1', { requester: 'U2' });
      const open = (requester: string, limit = 10) => store.conversations.openOnPlatform('discord', requester, limit);
      expect((await open('U1')).map(({ id }) => id)).toEqual(['b', 'a']);
      expect(await open('U1', 1)).toHaveLength(1);
      expect((await open('U2')).map(({ id }) => id)).toEqual([]);
    });
  });

  describe('a commit', () => {
    test('on a version that has moved on is stale and writes nothing', async () => {
      await store.conversations.commit(turn('a', 1));
      await store.conversations.commit(turn('a', 2));
      const late = turn('a', 2, { receipt: 'late', deliveries: [delivery('d1', 'a')] });
      expect(await store.conversations.commit(late)).toBe('stale');
      expect(await store.conversations.conversationOf('late')).toBeUndefined();
      expect(await claimAll()).toEqual([]);
    });

    test('of a first turn is stale where the conversation exists', async () => {
      await store.conversations.commit(turn('a', 1));
      expect(await store.conversations.commit(turn('a', 1, { receipt: 'other' }))).toBe('stale');
    });

    test('of a turn is stale where the conversation is gone', async () => {
      expect(await store.conversations.commit(turn('a', 2))).toBe('stale');
      expect(await store.conversations.load('a')).toBeUndefined();
    });

    test('with a known receipt is a duplicate, even when it is stale as well', async () => {
      await store.conversations.commit(turn('a', 1, { receipt: 'once' }));
      const again = turn('a', 2, { receipt: 'once', deliveries: [delivery('d1', 'a')] });
      expect(await store.conversations.commit(again)).toBe('duplicate');
      expect(await store.conversations.commit(turn('a', 1, { receipt: 'once' }))).toBe('duplicate');
      expect((await store.conversations.load('a'))?.turn).toBe(1);
      expect(await claimAll()).toEqual([]);
    });

    test('tells which conversation a receipt belongs to', async () => {
      await store.conversations.commit(turn('a', 1, { receipt: 'once' }));
      expect(await store.conversations.conversationOf('once')).toBe('a');
    });

    test('that fails leaves nothing and does not harm those beside it', async () => {
      await store.conversations.commit(turn('a', 1, { deliveries: [delivery('same', 'a')] }));
      const results = await Promise.allSettled([
        store.conversations.commit(turn('b', 1)),
        store.conversations.commit(turn('c', 1, { deliveries: [delivery('same', 'c')] })),
        store.conversations.commit(turn('d', 1)),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await store.conversations.load('c')).toBeUndefined();
      expect(await store.conversations.conversationOf('c:1')).toBeUndefined();
      expect((await store.conversations.load('d'))?.turn).toBe(1);
    });

    test('is won by one of many that race on a version, and each is told its own result', async () => {
      await store.conversations.commit(turn('a', 1));
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.conversations.commit(turn('a', 2, { receipt: `r${index}` }))),
      );
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result === 'stale')).toHaveLength(7);
    });

    test('is written once when the same event comes many times at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.conversations.commit(turn(`c${index}`, 1, { receipt: 'once' }))),
      );
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result === 'duplicate')).toHaveLength(7);
    });
  });

  describe('a place', () => {
    test('leads from a conversation to its ref and back', async () => {
      await store.places.save('slack', 'a', 'thread', 'C1/1.2');
      expect(await store.places.find('slack', 'a', 'thread')).toBe('C1/1.2');
      expect(await store.places.conversationAt('slack', 'thread', 'C1/1.2')).toBe('a');
    });

    test('is replaced when it is saved again', async () => {
      await store.places.save('slack', 'a', 'turn:3', 'old');
      await store.places.save('slack', 'a', 'turn:3', 'new');
      expect(await store.places.find('slack', 'a', 'turn:3')).toBe('new');
      expect(await store.places.conversationAt('slack', 'turn:3', 'old')).toBeUndefined();
    });

    test('of another platform or part is another place', async () => {
      await store.places.save('slack', 'a', 'head', 'x');
      expect(await store.places.find('discord', 'a', 'head')).toBeUndefined();
      expect(await store.places.conversationAt('slack', 'thread', 'x')).toBeUndefined();
    });
  });
}
