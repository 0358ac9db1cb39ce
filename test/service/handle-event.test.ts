import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDeliveryId } from '../../adapters/ids.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import type { Event } from '../../src/conversation/event.ts';
import { noDesks } from '../../src/handoff/settings.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import { createHandleEvent, type Incoming, type Reply } from '../../src/service/handle-event.ts';
import { silentLog } from '../sql/silent-log.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { requester, stranger } from '../support/talk.ts';

const conversation = 'bcdfghjkmnpqrs';
const at = '2026-11-22T09:00:00.000Z';
const started: Event = {
  kind: 'started',
  conversation,
  workspace: 'terminal:local',
  venue: 'here',
  locale: 'en',
  opening: { flow: 'evaluation', facts: [] },
  actor: requester,
  at,
};

function chose(step: string, choice: string, actor = requester): Event {
  return { kind: 'chose', turn: 1, step, choice, actor, at };
}

function incoming(receipt: string, event: Event): Incoming {
  return { receipt, conversation, workspace: 'terminal:local', locale: 'ja', event };
}

describe('an event', () => {
  let store: Store;
  const handler = (conversations: ConversationStore = store.conversations) =>
    createHandleEvent({
      store: conversations,
      workspaces: store.workspaces,
      knowledge: shippedKnowledge,
      handoff: noDesks,
      newDeliveryId,
    });
  const handle = (receipt: string, event: Event): Promise<Reply> => handler()(incoming(receipt, event));
  const claimed = async () => {
    const deliveries = await store.outbox.claim({
      destinations: ['terminal'],
      now: at,
      limit: 100,
      leaseMs: 1_000,
      owner: 'test',
    });
    return deliveries.map(({ content }) => content);
  };

  beforeEach(async () => {
    store = await createStore('sqlite::memory:', silentLog);
  });
  afterEach(() => store.close());

  test('is on disk when it is answered: the state, and what is to be delivered', async () => {
    const reply = await handle('1', started);
    expect(reply).toMatchObject({ kind: 'turned', conversation: { turn: 1, prompt: 'installed-edition-id' } });
    expect(await store.conversations.load(conversation)).toEqual(
      reply.kind === 'turned' ? reply.conversation : undefined,
    );
    expect(await store.conversations.conversationOf('1')).toBe(conversation);
    expect(await claimed()).toMatchObject([{ kind: 'open', conversation, venue: 'here', requester: 'requester' }]);
  });

  test('delivers one message an effect, in one lane, a settled prompt under the turn that asked it', async () => {
    const first = await handle('1', started);
    const reply = await handle('2', chose('installed-edition-id', 'standard-eval'));
    if (first.kind !== 'turned' || reply.kind !== 'turned') throw new Error('a turn was not taken');
    expect(reply.shown.map(({ effect }) => effect.kind)).toEqual(['settle', 'ask']);
    expect(new Set([...first.deliveries, ...reply.deliveries]).size).toBe(4);
  });

  test('that comes again is a duplicate: nothing is written, and where the conversation stands is shown', async () => {
    await handle('1', started);
    await handle('2', chose('installed-edition-id', 'standard-eval'));
    const again = await handle('2', chose('installed-edition-id', 'standard-eval'));
    expect(again.kind).toBe('duplicate');
    expect(again.kind === 'duplicate' && again.messages[0]?.choices?.[0]?.address).toContain('.licence-owned.');
    expect(await store.conversations.load(conversation)).toMatchObject({ turn: 2 });
  });

  test('that began a conversation and comes again shows where that one stands', async () => {
    await handle('1', started);
    const again = await handler()({ ...incoming('1', started), conversation: 'bcdfghjkmnpqrt' });
    expect(again.kind === 'duplicate' && again.messages[0]?.choices?.[0]?.address).toContain(`.${conversation}.`);
    expect(await store.conversations.load('bcdfghjkmnpqrt')).toBeUndefined();
  });

  test('is decided again when somebody else was faster', async () => {
    await handle('1', started);
    let raced = false;
    const slow: ConversationStore = {
      ...store.conversations,
      load: async (id) => {
        const loaded = await store.conversations.load(id);
        if (!raced) {
          raced = true;
          await handle('faster', chose('installed-edition-id', 'standard-eval'));
        }
        return loaded;
      },
    };
    const reply = await handler(slow)(incoming('slower', chose('licence-owned', 'no')));
    expect(reply).toMatchObject({ kind: 'turned', conversation: { turn: 3, prompt: null } });
    expect(reply.kind === 'turned' && reply.conversation.facts.map(({ value }) => value)).toEqual([
      'standard-eval',
      'no',
    ]);
  });

  test('of two at once both count, one after the other', async () => {
    await handle('1', started);
    const replies = await Promise.all([
      handle('a', chose('installed-edition-id', 'standard-eval')),
      handle('b', chose('nav', 'summary')),
      handle('c', chose('nav', 'ja')),
    ]);
    expect(replies.map(({ kind }) => kind)).toEqual(['turned', 'turned', 'turned']);
    expect(await store.conversations.load(conversation)).toMatchObject({ turn: 4, locale: 'ja' });
  });

  test('of somebody who may not answer is told to them alone, in the language of the conversation, and not written', async () => {
    await handle('1', started);
    const reply = await handle('2', chose('installed-edition-id', 'standard-eval', stranger));
    expect(reply).toMatchObject({ kind: 'refused', refusal: 'not-yours', message: { locale: 'en' } });
    expect(await store.conversations.load(conversation)).toMatchObject({ turn: 1 });
    expect(await store.conversations.conversationOf('2')).toBeUndefined();
  });

  test('for a conversation that is gone is answered in the language of the person', async () => {
    expect(await handle('1', chose('nav', 'back'))).toMatchObject({
      kind: 'refused',
      refusal: 'not-open',
      message: { locale: 'ja' },
    });
  });

  test('is not answered when it could not be written', async () => {
    const broken: ConversationStore = {
      ...store.conversations,
      load: () => Promise.resolve(undefined),
      commit: () => Promise.reject(new Error('disk full')),
    };
    await expect(handler(broken)(incoming('1', started))).rejects.toThrow('disk full');
    expect(await store.conversations.load(conversation)).toBeUndefined();
  });
});
