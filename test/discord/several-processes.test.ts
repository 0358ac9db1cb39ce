import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createDiscordPeer, type DiscordPeer } from '../support/discord-peer/create-discord-peer.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import { startPostgres } from '../support/postgres.ts';
import { type Spawned, spawnProgram } from '../support/spawned.ts';
import { ask, words } from './bench.ts';
import { shown } from './shown.ts';

const postgres = await startPostgres();
const evaluation = words().value('installed-edition-id', 'standard-eval');
const guilds = ['One', 'Two'].map((name) => ({ name, channels: ['help'] }));

let peer: DiscordPeer | undefined;
const processes: Spawned[] = [];

afterEach(async () => {
  for (const { child, ended } of processes.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  await peer?.stop();
});
afterAll(() => postgres?.stop());

/** The container's own command, one shard of two. */
async function serve(at: DiscordPeer, databaseUrl: string, shard: 0 | 1): Promise<Spawned> {
  const spawned = spawnProgram(['adapters/main.ts', 'serve'], {
    DISCORD_TOKEN: at.token,
    DISCORD_APPLICATION_ID: at.applicationId,
    DISCORD_API_URL: at.apiUrl,
    DISCORD_SHARDS: `${shard}/2`,
    DATABASE_URL: databaseUrl,
  });
  processes.push(spawned);
  await spawned.logs('"ready"');
  return spawned;
}

/** One server of each shard: which one a server is on follows from its id. */
function serverOf(at: DiscordPeer, shard: 0 | 1): string {
  const found = guilds.find(({ name }) => (BigInt(at.guild(name).id) >> 22n) % 2n === BigInt(shard));
  if (found === undefined) throw new Error(`no server is on shard ${shard}`);
  return found.name;
}

/** A person who presses *Start* on a card in a server's channel. */
async function begin(at: DiscordPeer, server: string) {
  const person = at.user(`asker of ${server}`);
  const help = at.channel('help', server);
  const ask = () => person.slash(help, 'licence', { query: '0xC004FC07' });
  // On a busy machine a process that has just begun may miss Discord's three seconds: people ask again then.
  const card = (await ask().catch(ask)).original();
  if (card === undefined) throw new Error('no card');
  await person.press(card, words().label('start'));
  return { person, help };
}

const inThread = (at: DiscordPeer, help: string): readonly PeerMessage[] =>
  at.threads(help).flatMap(({ id }) => at.messages(id));

/** The newest message of the place, once it asks the question. */
function asked(at: DiscordPeer, help: string, question: string): Promise<PeerMessage> {
  return at.waitFor(() => {
    const last = inThread(at, help).at(-1);
    return last !== undefined && shown(last).text.includes(ask(question)) && last;
  }, 30_000);
}

/** As half a minute later: what a dead process held is free. */
async function leasesRunOut(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('update outbox set lease_until = lease_until - 30000 where lease_until is not null');
  await client.end();
}

describe.skipIf(postgres === undefined)('two processes on one PostgreSQL, a shard each', { timeout: 120_000 }, () => {
  test('serve their servers, and one takes over what the other held when it was killed', async () => {
    const databaseUrl = (await postgres?.freshDatabase()) ?? '';
    const at = await createDiscordPeer({ guilds });
    peer = at;
    const [first, second] = await Promise.all([serve(at, databaseUrl, 0), serve(at, databaseUrl, 1)]);
    await at.waitFor(() => at.commands().length > 0);
    const [here, there] = [await begin(at, serverOf(at, 0)), await begin(at, serverOf(at, 1))];
    const prompt = await asked(at, here.help, 'installed-edition-id');
    await asked(at, there.help, 'installed-edition-id');

    // The second sleeps while the first takes what is due, hears nothing back from Discord, and is killed with it in its hands.
    second.child.kill('SIGSTOP');
    at.faults.next('PATCH /channels/:id/messages/:id', { kind: 'hang' });
    await here.person.press(prompt, evaluation);
    await at.waitFor(() => at.faults.pending === 0, 30_000);
    first.child.kill('SIGKILL');
    await first.ended;
    second.child.kill('SIGCONT');
    await leasesRunOut(databaseUrl);
    await asked(at, here.help, 'licence-owned');

    // A process that begins with the dead one's shard hears its server, and an old button leads where it always led.
    await serve(at, databaseUrl, 0);
    await here.person.press(prompt, words().label('change'));
    await asked(at, here.help, 'installed-edition-id');
    expect(at.pings).toEqual([]);
  });
});
