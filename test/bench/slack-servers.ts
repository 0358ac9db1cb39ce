/**
 * The servers that `slack.bench.ts` measures, in a process of their own: a Bolt app that only acknowledges, and our bot on an
 * SQLite file. Prints their addresses as one JSON line, then for each
 * line it is sent the CPU time it has used in microseconds, and at the end of its input how many turns it kept. The outbox is filled and not emptied:
 * Slack takes one message a second and channel, so deliveries are no part of an acknowledgement's time.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { App, HTTPReceiver } from '@slack/bolt';
import { createHttpServer } from '../../adapters/http/server.ts';
import { eventsPath } from '../../adapters/slack/app-definition.ts';
import { createSlack } from '../../adapters/slack/slack.ts';
import { createStore } from '../../adapters/sql/store.ts';
import type { Log } from '../../src/ports/log.ts';
import { deskOf } from '../support/desk-of.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';
import { createSlackPeer } from '../support/slack-peer/create-slack-peer.ts';

export interface Servers {
  readonly ackOnly: string;
  readonly desk: string;
  readonly signingSecret: string;
  /** Open conversations, each at its first question. */
  readonly conversations: readonly string[];
}

const [wanted = '0'] = process.argv.slice(2);
const log: Log = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };

const peer = await createSlackPeer();
const { signingSecret } = peer.app;

const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true });
const app = new App({ receiver, authorize: async () => ({}) });
app.command(/.*/, async ({ ack }) => ack());
app.action(/.*/, async ({ ack }) => ack());
const ackServer = createServer((request, response) => receiver.requestListener(request, response));
ackServer.listen(0, '127.0.0.1');
await once(ackServer, 'listening');

const folder = await mkdtemp(join(tmpdir(), 'licence-desk-bench-'));
const store = await createStore(`sqlite:${join(folder, 'bench.db')}`, log);
const clock = { now: () => new Date() };
const knowledge = shippedKnowledge;
const { bot, workspaces } = await deskOf(store, clock, log);
const slack = await createSlack({
  config: {
    transport: { kind: 'http', signingSecret },
    tenancy: { kind: 'token', botToken: peer.team('T1').botToken },
    apiUrl: peer.apiUrl,
  },
  ...{ bot, store: store.conversations, places: store.places, workspaces, preferences: store.preferences },
  installations: () => store.installations(['a secret key of thirty-two characters']),
  ...{ knowledge, expandKey, clock, log },
});
const desk = await createHttpServer({
  ...{ port: 0, host: '127.0.0.1', routes: slack.routes, ready: slack.ready, metrics: async () => '', log },
});
await slack.start();

const conversations = await Promise.all(
  Array.from({ length: Number(wanted) }, async (_, index) => {
    const outcome = await bot.open(
      {
        receipt: `bench:${index}`,
        actor: { id: 'U1', role: 'user' },
        ...{ workspace: 'slack:T1', venue: 'T1/C1', destination: 'slack', locale: 'en' },
      },
      '0xC004FC07',
    );
    return outcome.kind === 'turned' ? outcome.conversation.id : '';
  }),
);
const servers: Servers = {
  ackOnly: `http://127.0.0.1:${(ackServer.address() as AddressInfo).port}${eventsPath}`,
  desk: `http://127.0.0.1:${desk.port}${eventsPath}`,
  ...{ signingSecret, conversations },
};
console.log(JSON.stringify(servers));

for await (const _ of createInterface(process.stdin)) {
  const { user, system } = process.cpuUsage();
  console.log(user + system);
}
await slack.stop();
const [turns] = await store.database.read(
  store.database.sql.selectFrom('turn_log').select(({ fn }) => fn.countAll<number>().as('count')),
);
console.log(turns?.count);
ackServer.close();
ackServer.closeAllConnections();
await desk.close();
await store.close();
await peer.close();
await rm(folder, { recursive: true });
