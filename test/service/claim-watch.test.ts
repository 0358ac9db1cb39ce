import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { noDesks } from '../../src/handoff/settings.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ChatDelivery, ClaimedDelivery, DeliveryResult, Destination } from '../../src/ports/outbox.ts';
import type { Bot, Origin } from '../../src/service/bot.ts';
import { claimWatch, createClaimWatch } from '../../src/service/claim-watch.ts';
import { createDeliverer, type Deliverer } from '../../src/service/deliver.ts';
import { silentLog } from '../sql/silent-log.ts';
import { deskOf } from '../support/desk-of.ts';
import { ManualTime, settled } from './manual-time.ts';

const hour = 60 * 60_000;
const start = Date.parse('2026-11-24T00:00:00.000Z');

/** A chat platform that takes everything but what it is told to refuse. */
class Platform implements Destination {
  readonly name = 'slack';
  readonly seen: ChatDelivery[] = [];
  refuses: (content: ClaimedDelivery['content']) => boolean = () => false;

  async deliver({ content }: ClaimedDelivery): Promise<DeliveryResult> {
    if (this.refuses(content)) return { kind: 'rejected', reason: 'is_archived' };
    if (content.kind !== 'ticket' && content.kind !== 'comment' && content.kind !== 'watch') this.seen.push(content);
    return { kind: 'delivered' };
  }

  /** How many messages say it. */
  count(text: string): number {
    return this.seen.filter((each) => JSON.stringify(each).includes(text)).length;
  }
}

let store: Store;
let time: ManualTime;
let platform: Platform;
let bot: Bot;
let destinations: readonly Destination[];
let onDead: Awaited<ReturnType<typeof deskOf>>['onDead'];
let deliverers: Deliverer[];
let errors: unknown[];
let receipts = 0;

beforeEach(async () => {
  errors = [];
  const log: Log = { ...silentLog, error: (fields) => errors.push(fields) };
  store = await createStore('sqlite::memory:', silentLog);
  time = new ManualTime(start);
  platform = new Platform();
  deliverers = [];
  await store.workspaces.save('slack:T1', { agents: ['A1'], agentChannel: 'C9' });
  ({ bot, destinations, onDead } = await deskOf(store, time, log));
});
afterEach(async () => {
  await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
  await store.close();
});

function begin(): void {
  const deliverer = createDeliverer({
    ...{
      outbox: store.outbox,
      clock: time,
      timer: time,
      random: () => 1,
      log: silentLog,
      owner: `o${receipts}`,
      onDead,
    },
    destinations: [platform, ...destinations],
  });
  deliverers.push(deliverer);
  deliverer.start();
}

const by = (id: string, role: 'user' | 'agent'): Origin => {
  receipts += 1;
  const actor = { id, role };
  return { receipt: `r${receipts}`, actor, workspace: 'slack:T1', venue: 'C1', locale: 'en' };
};
const requester = () => by('U1', 'user');
const agent = () => by('A1', 'agent');

async function asked(): Promise<string> {
  const opened = await bot.open(requester(), '0xC004C020');
  if (opened.kind !== 'turned') throw new Error('nothing was begun');
  const { id } = opened.conversation;
  await bot.write(requester(), id, 'a person');
  return id;
}

const press = (id: string, choice: string, who = agent()) => bot.press(who, `1.${id}.2.handoff.${choice}`);
const claimOf = async (id: string) => (await store.conversations.load(id))?.claim;

async function pass(hours: number): Promise<void> {
  for (let half = 0; half < hours * 2; half += 1) {
    time.advance(hour / 2);
    await settled();
  }
}

describe('a claim in which nothing is written', () => {
  test('ends by itself, once, and the help desk and the requester know', async () => {
    begin();
    const id = await asked();
    await press(id, 'claim');
    await pass(3.5);
    expect(await claimOf(id)).toMatchObject({ by: 'A1' });
    await pass(1);
    expect(await claimOf(id)).toBeNull();
    expect(platform.count('nothing has been written to me for 4 working hours')).toBe(1);
    expect(platform.seen.filter(({ kind }) => kind === 'call').slice(-2)).toMatchObject([
      { anew: false },
      { anew: true, asks: true },
    ]);
    expect(platform.count('Open again: ')).toBe(1);
    await pass(10);
    expect(platform.count('nothing has been written to me')).toBe(1);
  });

  test('ends late where nobody was there to look', async () => {
    const id = await asked();
    await press(id, 'claim');
    time.advance(72 * hour);
    begin();
    await settled(() => platform.count('Open again: ') === 1);
    expect(await claimOf(id)).toBeNull();
  });

  test('ends once, however often it is looked at', async () => {
    const id = await asked();
    await press(id, 'claim');
    time.advance(5 * hour);
    const claim = (await claimOf(id))?.at ?? '';
    const watch = destinations.find(({ name }) => name === claimWatch);
    const look = { id: 'd', content: { kind: 'watch', conversation: id, claim } } as unknown as ClaimedDelivery;
    expect(await Promise.all([watch?.deliver(look), watch?.deliver(look)])).toEqual([
      { kind: 'delivered' },
      { kind: 'delivered' },
    ]);
    const { turn } = (await store.conversations.load(id)) ?? {};
    expect(await watch?.deliver(look)).toEqual({ kind: 'delivered' });
    expect((await store.conversations.load(id))?.turn).toBe(turn);
  });

  test('goes on after a word, and is looked at again', async () => {
    begin();
    const id = await asked();
    await press(id, 'claim');
    await pass(3.5);
    await bot.write(requester(), id, 'still there?');
    await pass(3.5);
    expect(await claimOf(id)).toMatchObject({ by: 'A1' });
    await pass(1);
    expect(await claimOf(id)).toBeNull();
  });

  test('goes on, and is looked at again, when a word comes at the moment it would end', async () => {
    const id = await asked();
    await press(id, 'claim');
    time.advance(5 * hour);
    const claim = (await claimOf(id))?.at ?? '';
    const notice: Bot['notice'] = async (noticed) => {
      await bot.write(requester(), id, 'still there?');
      await bot.notice(noticed);
    };
    const watch = createClaimWatch({
      ...{ conversations: store.conversations, bot: { notice }, handoff: noDesks, clock: time },
    });
    const look = { id: 'd', content: { kind: 'watch', conversation: id, claim } } as unknown as ClaimedDelivery;
    expect(await watch.deliver(look)).toMatchObject({ kind: 'later' });
    expect(await claimOf(id)).toMatchObject({ by: 'A1' });
  });

  test('that was handed back is left alone, and so is the next one until its own time', async () => {
    begin();
    const id = await asked();
    await press(id, 'claim');
    await press(id, 'release');
    await pass(2);
    await press(id, 'claim');
    await pass(3);
    expect(await claimOf(id)).toMatchObject({ by: 'A1' });
    expect(platform.count('nothing has been written to me')).toBe(0);
    await pass(1.5);
    expect(await claimOf(id)).toBeNull();
  });
});

describe('a help desk that cannot be reached', () => {
  const unheard = 'I could not reach the help desk';

  test('is told of to the requester, once, and the operator has the cause', async () => {
    platform.refuses = ({ kind }) => kind === 'call';
    begin();
    const id = await asked();
    await settled(() => platform.count(unheard) === 1);
    await pass(2);
    expect(platform.count(unheard)).toBe(1);
    expect(platform.count('I am asking the help desk')).toBe(1);
    expect(errors).toContainEqual({ conversation: id, channel: 'C9', reason: 'is_archived' });
  });

  test('is told of after a restart between the refusal and its record', async () => {
    platform.refuses = ({ kind }) => kind === 'call';
    const id = await asked();
    await bot.notice({ kind: 'went-unheard', conversation: id, delivery: (await calls())[0]?.id ?? '' });
    begin();
    await settled(() => platform.count(unheard) === 1);
    await pass(1);
    expect(platform.count(unheard)).toBe(1);
  });

  test('and a requester who cannot be told now is told later: the card is not given up before', async () => {
    platform.refuses = ({ kind }) => kind === 'call';
    const tell = onDead;
    let failures = 2;
    onDead = async (...args) => {
      failures -= 1;
      if (failures >= 0) throw new Error('the store is away');
      await tell(...args);
    };
    begin();
    await asked();
    await settled();
    expect(platform.count(unheard)).toBe(0);
    await pass(1);
    expect(platform.count(unheard)).toBe(1);
  });

  test('that had its card is not unreached when the card can no longer be changed', async () => {
    begin();
    const id = await asked();
    await settled(() => platform.seen.some(({ kind }) => kind === 'call'));
    platform.refuses = ({ kind }) => kind === 'call';
    await press(id, 'claim');
    await press(id, 'release');
    await pass(1);
    expect(platform.count(unheard)).toBe(0);
  });

  async function calls(): Promise<readonly { readonly id: string }[]> {
    return store.database.read(
      store.database.sql.selectFrom('outbox').select('id').where('lane', 'like', 'agents:%').orderBy('seq'),
    );
  }
});
