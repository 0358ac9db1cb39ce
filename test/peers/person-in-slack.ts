import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Words } from '../../src/message/phrases.ts';
import { shown } from '../slack/shown.ts';
import { knowledge } from '../support/cases.ts';
import { createSlackPeer, type SlackPeer } from '../support/slack-peer/create-slack-peer.ts';
import { elementsOf } from '../support/slack-peer/elements.ts';
import type { PeerMessage } from '../support/slack-peer/world.ts';
import { spawnProgram } from '../support/spawned.ts';

/** What a person in Slack saw of a ticket. */
export interface Seen {
  /** The subject and body as they were shown before they were sent, and the number of the case. */
  readonly preview: string;
  readonly number: string;
  /** What the card says in the end. */
  readonly card: string;
  /** What the person answered the desk, as it was shown. */
  readonly answer: string;
}

export interface Sending {
  /** An empty folder: for the database and the configuration. */
  readonly folder: string;
  /** The system of the one desk, as DESK_CONFIG has it. */
  readonly system: unknown;
  readonly environment: Readonly<Record<string, string>>;
}

const patienceMs = 60_000;
const said = '上限は 54 回で足ります。';
const words = new Words(knowledge, 'ja');
const { buttons } = knowledge.texts.ja.tickets;
const details: Readonly<Record<string, string>> = {
  ask: 'raise-mak',
  'ask-amount': '4',
  'impact-level': 'running',
  production: 'yes',
  workaround: 'no',
  impact: 'サーバー 4 台がライセンス認証を求めています。',
  justification: 'ストレージ障害により仮想マシン 4 台を再構築したため',
  'contact-name': '山田 花子',
  'contact-email': 'hanako@contoso.example',
  'contact-hours': '平日 9:00–18:00',
  'contact-phone': '+81-3-0000-0000',
  'vl-role': 'keys-reader',
  'key-last-five': '6789B',
  'activations-used': '50/50',
  agreement: 'V1234567',
};

/**
 * The process as it is started, and a person who asks it for a ticket in Slack, fills in, reads, sends, waits for news, and answers
 * the desk.
 */
export async function sendFromSlack({ folder, system, environment }: Sending): Promise<Seen> {
  const peer = await createSlackPeer();
  const config = join(folder, 'desks.yaml');
  writeFileSync(config, stringify(configOf(system)));
  const { child, ended } = spawnProgram(['adapters/main.ts', 'serve'], {
    SLACK_BOT_TOKEN: peer.team('T1').botToken,
    SLACK_APP_TOKEN: peer.app.appToken,
    SLACK_API_URL: peer.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'desk.db')}`,
    DESK_CONFIG: config,
    ...environment,
  });
  const over = ended.then(({ errors }) => {
    throw new Error(`the process ended: ${errors}`);
  });
  try {
    return await Promise.race([play(peer), over]);
  } finally {
    over.catch(() => {});
    child.kill('SIGTERM');
    await ended;
    await peer.close();
  }
}

function configOf(system: unknown): unknown {
  return {
    version: 1,
    sender: { kind: 'customer', name: 'Contoso K.K.', 'time-zone': 'Asia/Tokyo' },
    defaults: { customer: 'Contoso K.K.', country: 'JP' },
    desks: { real: { name: 'Real Desk', country: 'JP', language: 'ja', system } },
    routes: [{ to: 'real' }],
  };
}

async function play(peer: SlackPeer): Promise<Seen> {
  const person = peer.user('U1');
  const ours = () => peer.messages('C1').filter(({ bot_id }) => bot_id !== undefined);
  const offers = (message: PeerMessage | undefined, label: string) =>
    message !== undefined && shown(message).buttons.includes(label) && message;
  const newestWith = (...labels: readonly string[]) =>
    peer.waitFor(
      () => labels.map((label) => offers(ours().at(-1), label)).find((found) => found !== false),
      patienceMs,
    );

  await peer.socket.whenConnected(2);
  await person.slash('C1', '/licence', '0xC004C020 が出ました');
  const card = await peer.waitFor(() => offers(peer.ephemeral('U1').at(-1), words.label('person')), patienceMs);
  await person.press(card, words.label('person'));
  const version = words.value('installed-version', '2019');
  const edition = words.value('installed-edition', 'standard');
  for (;;) {
    const asked = await newestWith(buttons.fill, version, edition, buttons.send);
    if (offers(asked, buttons.send) !== false) break;
    const answer = [version, edition].find((label) => offers(asked, label) !== false);
    if (answer === undefined) await fillIn(peer, asked);
    else await choose(peer, asked, answer);
    await peer.waitFor(() => ours().at(-1)?.ts !== asked.ts, patienceMs);
  }
  const preview =
    ours()
      .map((message) => shown(message).text)
      .findLast((text) => text.includes('LIC-')) ?? '';
  await person.press(await newestWith(buttons.send), buttons.send);
  const news = await peer.waitFor(
    () =>
      ours()
        .map((message) => shown(message).text)
        .findLast((text) => text.includes('Real Desk に')),
    patienceMs,
  );
  const answer = await answerThem(peer, await newestWith(buttons.answer));
  return { preview, number: /LIC-[A-Z]{10}/.exec(preview)?.[0] ?? '', card: news, answer };
}

/** Answers by the form, and waits until that has arrived. */
async function answerThem(peer: SlackPeer, card: PeerMessage): Promise<string> {
  const person = peer.user('U1');
  const views = peer.views('U1').length;
  await person.press(card, buttons.answer);
  const view = await peer.waitFor(() => peer.views('U1')[views], patienceMs);
  const { errors } = await person.submitView(view, { answer: said });
  if (errors !== undefined && Object.keys(errors).length > 0) throw new Error(JSON.stringify(errors));
  const texts = () => peer.messages('C1').map((message) => shown(message).text);
  await peer.waitFor(() => texts().find((text) => text.includes('の返信が Real Desk に届きました')), patienceMs);
  return texts().find((text) => text.includes(said)) ?? '';
}

async function fillIn(peer: SlackPeer, message: PeerMessage): Promise<void> {
  const person = peer.user('U1');
  await person.press(message, buttons.fill);
  const view = await peer.waitFor(() => peer.views('U1').at(-1), patienceMs);
  const asked = elementsOf(view).map(({ blockId }) => blockId);
  const values = Object.fromEntries(Object.entries(details).filter(([field]) => asked.includes(field)));
  const { errors } = await person.submitView(view, values);
  if (errors !== undefined && Object.keys(errors).length > 0) throw new Error(JSON.stringify(errors));
}

/** A button, or an option of a menu. */
async function choose(peer: SlackPeer, message: PeerMessage, label: string): Promise<void> {
  const person = peer.user('U1');
  const elements = elementsOf(message);
  const menu = elements.find(({ element }) => JSON.stringify(element.options ?? []).includes(JSON.stringify(label)));
  if (menu === undefined) await person.press(message, label);
  else await person.selectOption(message, menu.actionId, label);
}
