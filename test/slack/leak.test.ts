import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { DeskConfig } from '../../adapters/desk-config.ts';
import type { Tables } from '../../adapters/sql/tables.ts';
import { Words } from '../../src/message/phrases.ts';
import { holds } from '../contracts/chat-scenarios.ts';
import { desksAt, startVendor } from '../contracts/handoff-scenarios.ts';
import { knowledge } from '../support/cases.ts';
import { bareOf, isIn, productKey, type Secret, secretsTyped } from '../support/secrets.ts';
import { startMailVendor } from '../support/ticket-vendor/mail-vendor.ts';
import { shown } from './shown.ts';
import { SlackSurface } from './surface.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const { buttons, fields } = knowledge.texts.ja.tickets;
const words = new Words(knowledge, 'ja');
const code = '0xC004C020';
const everyTable = [
  ...['meta', 'conversation', 'turn_log', 'receipt', 'outbox', 'place', 'workspace', 'installation'],
  ...['ticket', 'ticket_attempt', 'audit', 'preference'],
] as readonly (keyof Tables)[];

/** What was typed, by where it was typed: each entrance has its own, so that a leak names its place. */
class Typing {
  readonly #typed = new Map<string, Secret[]>();
  #seed = 0;

  /** Some secrets, as they are typed at an entrance. */
  at(entrance: string, count: number, from = secretsTyped({ lineBreaks: false })): readonly string[] {
    this.#seed += 1;
    const secrets = fc.sample(from, { numRuns: count, seed: this.#seed });
    this.#typed.set(entrance, [...(this.#typed.get(entrance) ?? []), ...secrets]);
    return secrets.map(({ typed }) => typed);
  }

  leaks(everything: string): readonly string[] {
    const bare = bareOf(everything);
    return [...this.#typed].flatMap(([entrance, secrets]) =>
      secrets.filter((secret) => isIn(bare, secret)).map(({ typed }) => `${entrance}: ${typed}`),
    );
  }
}

/** Slack takes a message a second. */
const patienceMs = 20_000;
const lines = secretsTyped({ lineBreaks: true });

/** One desk reached by mail and one by a webhook, by the customer's name; U2 is the help desk, in C4. */
function twoDesks(webhook: string, mailPort: number): DeskConfig {
  const agents = { 'slack:T1': { channel: 'C4', agents: ['U2'], leads: [] } };
  const { desks, defaults: _, ...shared } = desksAt(webhook, agents);
  const [example] = Object.values(desks);
  const system = {
    kind: 'email',
    host: '127.0.0.1',
    port: mailPort,
    tls: 'none',
    from: 'desk@contoso.example',
    to: 'x@y.example',
  };
  return DeskConfig.parse({
    ...shared,
    defaults: { country: 'JP' },
    desks: { webhook: example, mail: { ...example, system } },
    routes: [{ to: 'mail', when: { customer: ['Mail'] } }, { to: 'webhook' }],
  });
}

/** Everything that was kept, logged, sent to Slack or shown there by us. */
async function everythingOf({ peer, logged, store }: Workbench): Promise<string> {
  const { database } = store();
  const rows = await Promise.all(everyTable.map((table) => database.read(database.sql.selectFrom(table).selectAll())));
  const people = ['U1', 'U2'];
  const messages = [
    ...['C1', 'C4'].flatMap((channel) => peer.messages(channel)).filter(({ bot_id }) => bot_id !== undefined),
    ...people.flatMap((user) => [...peer.ephemeral(user), ...peer.views(user)]),
  ];
  return [rows, logged, messages, peer.calls()].map((each) => JSON.stringify(each)).join('\n');
}

/** A person in Slack who types secrets wherever something can be typed, and sends the ticket. */
async function sendTyping(workbench: Workbench, typing: Typing, customer: string): Promise<void> {
  const { peer } = workbench;
  const surface = new SlackSurface(workbench, 'C1', 'U1', 'U2');
  const [person, agent] = [peer.user('U1'), peer.user('U2')];
  const shows = (text = '') => peer.waitFor(() => surface.place().some((message) => holds(message, text)), patienceMs);
  for (const text of typing.at('lookup', 8)) await person.slash('C1', '/licence', text);
  await surface.lookUp(`${code} が出ました。${typing.at('lookup', 2).join('、')}`);
  await surface.pressCard(words.label('person'));
  await expect.poll(() => peer.messages('C4').length).toBeGreaterThan(0);
  await shows(fields['impact-level']?.label);

  await surface.write(typing.at('text', 8, lines).join('\n\n'));
  await surface.write(
    `Name: Windows(R), ServerStandard edition\nProduct Key: ${typing.at('output', 3, lines).join('\n')}`,
  );
  const head = peer.messages('C1').findLast(({ bot_id, thread_ts }) => bot_id !== undefined && thread_ts === undefined);
  const threadTs = head?.ts ?? '';
  const files = [
    { name: 'dlv.txt', content: Buffer.from(`\ufeff${typing.at('file', 8, lines).join('\n')}`, 'utf16le') },
    { name: `${typing.at('file name', 1, productKey)[0]}.png`, content: 'png', mimetype: 'image/png' },
  ];
  await person.say('C1', typing.at('text beside a file', 1)[0] ?? '', { threadTs, files });

  const call = peer.messages('C4').findLast((message) => shown(message).buttons.includes(buttons.note));
  if (call === undefined) throw new Error('the help desk has no card');
  await agent.press(call, buttons.note);
  const view = await peer.waitFor(() => peer.views('U2').at(-1));
  await agent.submitView(view, { note: typing.at('note', 4, lines).join('\n') });
  await agent.press(call, buttons.claim);
  await shows('<@U2>');
  await surface.write(typing.at('text to a person', 4, lines).join('\n\n'));
  const taken = await peer.waitFor(
    () => peer.messages('C4').findLast((message) => shown(message).buttons.includes(buttons.release)),
    patienceMs,
  );
  await agent.press(taken, buttons.release);

  const field = (count: number, from?: typeof lines) => typing.at('form', count, from).join(' ');
  const first = {
    ask: 'raise-mak',
    customer,
    'impact-level': 'running',
    production: 'yes',
    workaround: 'no',
    impact: field(2, lines),
    'contact-name': field(1),
    'contact-email': 'hanako@contoso.example',
    'contact-hours': field(1),
    'vl-role': 'keys-reader',
  };
  expect(await surface.fill(buttons.fill, first)).toEqual({});
  await shows(fields['key-last-five']?.label);
  const second = {
    'key-last-five': field(1, productKey),
    'contact-phone': '+81-3-0000-0000',
    'ask-amount': '4',
    'activations-used': '50',
    justification: field(3, lines),
    agreement: field(1, productKey),
  };
  expect(await surface.fill(buttons.fill, second)).toEqual({});
  const offers = (label: string) => peer.waitFor(() => surface.place().at(-1)?.buttons.includes(label), patienceMs);
  for (const [question, value] of [
    ['installed-version', '2019'],
    ['installed-edition', 'standard'],
  ] as const) {
    await offers(words.value(question, value));
    await surface.press(words.value(question, value));
  }
  await offers(buttons.send);
  await surface.press(buttons.send);
}

test('a key or an installation ID that is typed anywhere in Slack is nowhere afterwards, but for its last characters', {
  timeout: 120_000,
}, async () => {
  const vendors = { webhook: await startVendor(), mail: await startMailVendor() };
  for (const vendor of Object.values(vendors)) ends.push(() => vendor.close());
  const committed: string[] = [];
  const workbench = await createWorkbench('socket', {
    ackTimeoutMs: patienceMs,
    desks: twoDesks(vendors.webhook.url, vendors.mail.port),
    store: (store) => ({
      ...store,
      conversations: {
        ...store.conversations,
        commit: (write) => {
          committed.push(JSON.stringify(write));
          return store.conversations.commit(write);
        },
      },
    }),
  });
  ends.push(() => workbench.end());
  const typing = new Typing();
  await sendTyping(workbench, typing, 'Mail');
  await expect.poll(() => vendors.mail.tickets().length, { timeout: patienceMs }).toBe(1);
  await sendTyping(workbench, typing, 'Contoso K.K.');
  await expect.poll(() => vendors.webhook.tickets().length, { timeout: patienceMs }).toBe(1);

  const sent = Object.values(vendors).map((vendor) => vendor.received());
  const everything = [await everythingOf(workbench), ...committed, ...sent].join('\n');
  expect(typing.leaks(everything)).toEqual([]);
  const [mail = '', webhook = ''] = [vendors.mail, vendors.webhook].map((vendor) => vendor.tickets()[0]?.body);
  for (const body of [mail, webhook]) expect(body).toContain('[KEY …');
  const [canary = ''] = typing.at('this test', 1);
  expect(typing.leaks(everything + canary)).toHaveLength(1);
});
