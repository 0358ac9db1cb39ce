/**
 * How much slower an answer becomes where much is stored: `node test/bench/store.bench.ts [conversations]`, a million if not said.
 * A press on a conversation picked at random is handled whole, on disk when it returns, in turns on a store with a thousand
 * conversations and on one with many. Wanted: at most 1.2 times. A million take 1.6 GB beside this file while it runs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql as raw } from 'kysely';
import type { Database, Unit } from '../../adapters/sql/database.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { writeAddress } from '../../src/message/address.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Bot, Origin } from '../../src/service/bot.ts';
import { deskOf } from '../support/desk-of.ts';

const few = 1_000;
const many = Number(process.argv[2] ?? 1_000_000);
/** No conversation is pressed twice, so that none grows. */
const presses = 900;
const warmUp = 150;
const inOneTransaction = 50_000;

/** The letters of a number of eight digits. */
const digits = raw.join([7, 6, 5, 4, 3, 2, 1, 0].map((place) => raw`98 + i / ${raw.lit(10 ** place)} % 10`));

interface Filled {
  readonly store: Store;
  readonly bot: Bot;
  readonly conversations: readonly string[];
}

const log: Log = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
const origin = (receipt: string): Origin => ({
  receipt,
  actor: { id: 'U1', role: 'user' },
  ...{ workspace: 'slack:T1', venue: 'T1/C1', locale: 'en' as const },
});

const folder = await mkdtemp(join(tmpdir(), 'licence-desk-bench-'));
try {
  const small = await filled('small', few);
  const large = await filled('large', many);
  const times: { readonly small: number; readonly large: number }[] = [];
  for (let press = 0; press < presses; press += 1)
    times.push({ small: await pressed(small, press), large: await pressed(large, press) });
  const sorted = (of: 'small' | 'large') =>
    times
      .slice(warmUp)
      .map((each) => each[of])
      .toSorted((one, other) => one - other);
  for (const share of [0.5, 0.9, 0.99]) {
    const [one, other] = [at(sorted('small'), share), at(sorted('large'), share)];
    console.log(
      `p${share * 100}: ${other.toFixed(2)} ms with ${many} conversations, ${one.toFixed(2)} ms with ${few}: ${(other / one).toFixed(2)} ×`,
    );
  }
  for (const { store } of [small, large]) await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

/** Milliseconds from the press to the committed turn. */
async function pressed({ bot, conversations }: Filled, press: number): Promise<number> {
  const conversation = conversations[press] ?? '';
  const address = writeAddress({ conversation, turn: 1, step: 'installed-edition-id', choice: 'standard-eval' });
  const begun = performance.now();
  const outcome = await bot.press(origin(`press:${press}`), address);
  if (outcome.kind !== 'turned') throw new Error(`a press was ${outcome.kind}`);
  return performance.now() - begun;
}

/** A store with as many conversations at their first question; some of them, picked at random, are to be pressed. */
async function filled(name: string, size: number): Promise<Filled> {
  const store = await createStore(`sqlite:${join(folder, `${name}.db`)}`, log);
  const { bot } = await deskOf(store, { now: () => new Date() }, log);
  const opened = await bot.open(origin('opened'), '0xC004FC07');
  if (opened.kind !== 'turned') throw new Error(`a conversation was ${opened.kind}`);
  const { id } = opened.conversation;
  for (let from = 0; from < size; from += inOneTransaction)
    await store.database.transact(copies(store.database, id, from, Math.min(size, from + inOneTransaction)));
  const all = store.database.sql.selectFrom('conversation').select('id').where('id', '<>', id);
  const ids = (await store.database.read(all)).map((row) => row.id);
  const conversations = Array.from({ length: presses }, (_, press) => {
    const picked = press + Math.floor(Math.random() * (ids.length - press));
    const chosen = ids[picked] ?? '';
    ids[picked] = ids[press] ?? '';
    return chosen;
  });
  return { store, bot, conversations };
}

/** What a conversation wrote when it was opened, under other ids and for other requesters, ten conversations each. */
function* copies({ sql }: Database, id: string, from: number, to: number): Unit<void> {
  const numbers = raw`with recursive n(i) as (select ${raw.lit(from)} union all select i + 1 from n where i + 1 < ${raw.lit(to)}),
    copy(i, id, requester) as (select i, printf('bbbbbb%s', char(${digits})), 'U' || (i / 10) from n)`;
  yield raw`${numbers} insert into conversation
    select copy.id, workspace, copy.requester, state, version, replace(body, ${id}, copy.id), opened_at + i, last_at + i
    from copy, (select * from conversation where conversation.id = ${id})`.compile(sql);
  yield raw`${numbers} insert into turn_log
    select copy.id, turn, copy.requester, replace(event, ${id}, copy.id), at + i
    from copy, (select * from turn_log where conversation = ${id})`.compile(sql);
  yield raw`${numbers} insert into receipt
    select 'copy:' || i, copy.id, at + i from copy, (select * from receipt where conversation = ${id})`.compile(sql);
}
