import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  ComponentType,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  type ModalSubmitInteraction,
  Partials,
  TextInputStyle,
} from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { problemsInModal } from './discord-peer/component-limits.ts';
import { createDiscordPeer, type DiscordPeer, type PeerOptions } from './discord-peer/create-discord-peer.ts';
import { isObject, numberIn } from './discord-peer/json.ts';
import { problemsInMessage } from './discord-peer/message-limits.ts';
import { loadSpecCheck } from './discord-peer/spec-check.ts';

const EXAMPLES = new URL('../../../shared/specs/discord/docs-examples/components/', import.meta.url);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startPeer(options: PeerOptions = {}): Promise<DiscordPeer> {
  const peer = await createDiscordPeer(options);
  ends.push(() => peer.stop());
  return peer;
}

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

async function startClient(peer: DiscordPeer, intents: readonly GatewayIntentBits[] = INTENTS): Promise<Client<true>> {
  const client = new Client({
    intents,
    partials: [Partials.Channel],
    rest: { api: peer.apiUrl, retries: 0 },
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  ends.push(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(peer.token);
  const started = await ready;
  await started.application.commands.set([
    {
      name: 'licence',
      description: 'Look up an activation error',
      nameLocalizations: { ja: 'ライセンス' },
      options: [
        {
          name: 'query',
          description: 'A code',
          type: ApplicationCommandOptionType.String,
          required: true,
          autocomplete: true,
        },
        { name: 'file', description: 'Output', type: ApplicationCommandOptionType.Attachment },
      ],
    },
    { name: 'Diagnose this message', type: ApplicationCommandType.Message },
    { name: 'licence-settings', description: 'Settings', defaultMemberPermissions: '32' },
  ]);
  return started;
}

/** Answers every interaction with what the test says, and keeps what went wrong. */
function answerWith(client: Client, answer: (interaction: Interaction) => Promise<unknown>): unknown[] {
  const failures: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => failures.push(error));
  });
  return failures;
}

function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : error;
}

const button = (customId: string, label = 'Start') => ({
  type: ComponentType.ActionRow as const,
  components: [{ type: ComponentType.Button as const, style: ButtonStyle.Primary as const, label, customId }],
});

describe('gateway', () => {
  test('lets discord.js log in and shows it two guilds', async () => {
    const peer = await startPeer({
      guilds: [
        { name: 'Contoso', locale: 'ja', channels: ['help'] },
        { name: 'Fabrikam', channels: ['help', 'agents'], roles: ['agent'] },
      ],
    });
    const client = await startClient(peer);
    expect(client.guilds.cache.map((guild) => [guild.name, guild.preferredLocale])).toEqual([
      ['Contoso', 'ja'],
      ['Fabrikam', 'en-US'],
    ]);
    expect(peer.commands().map((command) => command.name)).toEqual([
      'licence',
      'Diagnose this message',
      'licence-settings',
    ]);
    expect(client.user.id).toBe(peer.botId);
  });

  test('refuses a wrong token and a privileged intent', async () => {
    const peer = await startPeer();
    const client = new Client({ intents: INTENTS, rest: { api: peer.apiUrl } });
    await expect(client.login('wrong')).rejects.toThrow();
    await expect(startClient(peer, [GatewayIntentBits.MessageContent])).rejects.toThrow('disallowed intents');
    expect(peer.gateway.identifies).toBe(0);
  });

  test('grants no more sessions than a day has', async () => {
    const peer = await startPeer({ sessionStarts: 1 });
    await startClient(peer);
    await expect(startClient(peer)).rejects.toThrow();
    expect(peer.gateway.identifies).toBe(1);
  });

  test('replays what was missed after a broken line and after a request to reconnect', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const heard: string[] = [];
    client.on(Events.MessageCreate, (message) => void heard.push(message.content));
    const asker = peer.user('U1');
    peer.gateway.drop();
    await peer.waitFor(() => peer.gateway.connected === 0);
    asker.mention(peer.channel('help'), 'one');
    await peer.waitFor(() => peer.gateway.resumes === 1);
    peer.gateway.askToReconnect();
    await peer.waitFor(() => peer.gateway.resumes === 2);
    asker.dm('two');
    await expect.poll(() => heard).toEqual([`<@${peer.botId}> one`, 'two']);
    expect(peer.gateway.identifies).toBe(1);
  });

  test('makes the client identify again after an invalid session, and resume after a zombie connection', async () => {
    const peer = await startPeer({ heartbeatMs: 50 });
    await startClient(peer);
    peer.gateway.invalidate(false);
    await peer.waitFor(() => peer.gateway.identifies === 2);
    peer.gateway.zombie();
    await peer.waitFor(() => peer.gateway.resumes === 1);
    expect(peer.gateway.connected).toBe(1);
  });
});

describe('interactions', () => {
  test('carry a slash command with its locales, and the answer back to the person', async () => {
    const peer = await startPeer({ guilds: [{ name: 'Contoso', locale: 'ja', channels: ['help'] }] });
    const client = await startClient(peer);
    answerWith(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      const heard = [command.options.getString('query'), command.locale, command.guildLocale];
      await command.reply({ content: heard.join(' '), flags: MessageFlags.Ephemeral, components: [button('a')] });
    });
    const asker = peer.user('U1', { locale: 'en-GB' });
    const answer = await asker.slash(peer.channel('help'), 'licence', { query: '0xC004F074' });
    expect(answer).toMatchObject({ type: 4, ephemeral: true, data: { content: '0xC004F074 en-GB ja' } });
    expect(peer.messages(peer.channel('help'))).toEqual([]);
    expect(peer.ephemeral(peer.channel('help'), asker.id)).toHaveLength(1);
  });

  test('run through autocomplete, a press, a modal with a file, and its submission', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const texts: string[] = [];
    const failures = answerWith(client, async (interaction) => {
      if (interaction.isAutocomplete())
        return interaction.respond([{ name: interaction.options.getFocused(), value: 'x' }]);
      if (interaction.isChatInputCommand())
        return interaction.reply({ content: 'Ready', components: [button('open')] });
      if (interaction.isButton()) return openForm(interaction);
      const modal = interaction as ModalSubmitInteraction;
      const file = modal.fields.getUploadedFiles('file')?.first();
      texts.push(modal.fields.getTextInputValue('output'), await (await fetch(file?.url ?? '')).text());
      return modal.isFromMessage() ? modal.update({ content: 'Read', components: [] }) : undefined;
    });
    const asker = peer.user('U1');
    const help = peer.channel('help');
    const choices = await asker.autocomplete(help, 'licence', { query: '0xC0' });
    expect(choices.data).toEqual({ choices: [{ name: '0xC0', value: 'x', name_localizations: undefined }] });
    const card = await asker.slash(help, 'ライセンス', { query: 'x' }).catch((error: Error) => error.message);
    expect(card).toContain('no command');
    const shown = (await asker.slash(help, 'licence', { query: 'x' })).original();
    const opened = shown && (await asker.press(shown, 'Start'));
    expect(opened?.modal?.title).toBe('Paste');
    expect(peer.modals(asker.id)).toHaveLength(1);
    if (opened?.modal === undefined) throw new Error('no form');
    const read = await asker.submitModal(opened.modal, {
      Output: 'slmgr',
      file: [{ name: 'dlv.txt', content: 'VOLUME_MAK' }],
    });
    expect(read.type).toBe(7);
    expect(read.original()).toMatchObject({ id: shown?.id, content: 'Read', components: [] });
    expect(texts).toEqual(['slmgr', 'VOLUME_MAK']);
    expect(failures).toEqual([]);
  });

  test('are refused late and twice; the deferral decides who sees, and the token ends after 15 minutes', async () => {
    let now = Date.now();
    const peer = await startPeer({ now: () => now });
    const client = await startClient(peer);
    const asker = peer.user('U1');
    const help = peer.channel('help');
    const failures = answerWith(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.deferReply({ flags: MessageFlags.Ephemeral });
      await command.followUp({ content: 'later' });
    });
    await expect(asker.slash(help, 'licence', { query: 'x' }, { lateMs: 3_001, timeoutMs: 300 })).rejects.toThrow(
      '10062',
    );
    expect(failures.map(codeOf)).toEqual([10062]);

    peer.gateway.duplicateNext();
    const answer = await asker.slash(help, 'licence', { query: 'x' });
    await peer.waitFor(() => answer.original()?.content === 'later');
    await expect.poll(() => failures.map(codeOf)).toEqual([10062, 40060]);
    expect(answer.ephemeral).toBe(true);
    expect(answer.followUps()).toEqual([]);

    now += 15 * 60_000 + 1;
    const token = peer.calls('POST /interactions/:id/:token/callback').at(-1)?.params.interaction_token ?? '';
    const late = client.rest.patch(`/webhooks/${peer.applicationId}/${token}/messages/@original`, {
      body: {},
      auth: false,
    });
    expect(codeOf(await late.catch((error: unknown) => error))).toBe(50027);
  });

  test('reach the bot in the order the test chooses', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const heard: string[] = [];
    answerWith(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      heard.push(command.options.getString('query', true));
      await command.reply('ok');
    });
    const asker = peer.user('U1');
    peer.gateway.hold();
    const both = ['first', 'second'].map((query) => asker.slash(peer.channel('help'), 'licence', { query }));
    await peer.waitFor(() => peer.journal.filter((line) => line.startsWith('INTERACTION_CREATE')).length === 2);
    peer.gateway.release('reversed');
    await Promise.all(both);
    expect(heard).toEqual(['second', 'first']);
  });

  test('take no follow-up before the first answer, and no form in answer to a form', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const codes: unknown[] = [];
    const callback = (interaction: Interaction, body: unknown): Promise<unknown> =>
      client.rest
        .post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body, auth: false })
        .catch(codeOf);
    const form = { type: 9, data: { title: 'T', custom_id: 'f', components: [field] } };
    answerWith(client, async (interaction) => {
      if (!interaction.isModalSubmit()) {
        const path = `/webhooks/${peer.applicationId}/${interaction.token}` as const;
        codes.push(await client.rest.post(path, { body: { content: 'x' }, auth: false }).catch(codeOf));
        codes.push(await callback(interaction, { type: 8, data: { choices: [] } }));
        codes.push(await callback(interaction, { ...form, data: { ...form.data, title: 'x'.repeat(46) } }));
      }
      codes.push(await callback(interaction, form));
      if (interaction.isModalSubmit()) await interaction.reply({ content: 'done', flags: MessageFlags.Ephemeral });
    });
    const asker = peer.user('U1');
    const { modal } = await asker.slash(peer.channel('help'), 'licence', { query: 'x' });
    if (modal === undefined) throw new Error('no form');
    await expect(asker.submitModal(modal, {})).rejects.toThrow('must be filled in');
    expect((await asker.submitModal(modal, { Code: '1' })).ephemeral).toBe(true);
    expect(codes.map((code) => (typeof code === 'number' ? code : 'ok'))).toEqual([10015, 50035, 50035, 'ok', 50035]);
  });

  test('carry a choice of a menu and update its message, and no press of a disabled button', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const menu = {
      type: ComponentType.StringSelect,
      customId: 'kind',
      options: [{ label: 'User', value: 'user' }],
    } as const;
    const off = { ...button('off', 'Off').components[0], disabled: true } as const;
    const rows = [menu, off].map((one) => ({ type: ComponentType.ActionRow as const, components: [one] }));
    answerWith(client, async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.update({ content: interaction.values.join() });
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'Which?', components: rows });
    });
    const asker = peer.user('U1');
    const shown = (await asker.slash(peer.channel('help'), 'licence', { query: 'cal' })).original();
    if (shown === undefined) throw new Error('no message');
    await expect(asker.press(shown, 'Off')).rejects.toThrow('disabled');
    await expect(asker.select(shown, 'kind', ['device'])).rejects.toThrow('offers user');
    expect((await asker.select(shown, 'kind', ['user'])).original()).toMatchObject({ id: shown.id, content: 'user' });
  });

  test('offer a manager command to managers only', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    answerWith(client, async (interaction) => (interaction as ChatInputCommandInteraction).reply('settings'));
    await expect(peer.user('U1').slash(peer.channel('help'), 'licence-settings')).rejects.toThrow('not shown');
    const answer = await peer.user('boss', { manager: true }).slash(peer.channel('help'), 'licence-settings');
    expect(answer.data.content).toBe('settings');
  });
});

describe('commands', () => {
  test('are refused with a bad name, over 8,000 characters, or a required option after an optional one', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const path = `/applications/${peer.applicationId}/commands` as const;
    const post = (command: unknown): Promise<unknown> =>
      client.rest.post(path, { body: command }).then(() => 'kept', codeOf);
    const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });
    expect(await post({ name: 'ライセンス', description: 'x' })).toBe('kept');
    expect(await post({ name: 'Licence', description: 'x' })).toBe(50035);
    expect(await post({ name: 'two words', description: 'x' })).toBe(50035);
    const choices = Array.from({ length: 25 }, (_, index) => ({
      name: 'x'.repeat(90),
      value: `${index}`.padEnd(90, 'y'),
    }));
    expect(await post({ name: 'a', description: 'x', options: [option('a', { choices })] })).toBe('kept');
    expect(
      await post({ name: 'b', description: 'x', options: [option('a', { choices }), option('b', { choices })] }),
    ).toBe(50035);
    const late = [option('a'), option('b', { required: true })];
    expect(await post({ name: 'c', description: 'x', options: late })).toBe(50035);
  });

  test('keep their id when they are registered again, and go when they are left out', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const before = peer.commands().find((command) => command.name === 'licence');
    await client.application.commands.set([{ name: 'licence', description: 'Changed' }]);
    expect(peer.commands()).toMatchObject([{ id: before?.id, description: 'Changed' }]);
  });
});

describe('messages', () => {
  test('by people reach the bot with content only where it is mentioned or written to directly', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const heard: Message[] = [];
    client.on(Events.MessageCreate, (message) => void heard.push(message));
    const asker = peer.user('U1');
    const plain = asker.say(peer.channel('help'), 'secret');
    asker.mention(peer.channel('help'), 'hello');
    asker.dm('direct');
    await expect.poll(() => heard.map((message) => message.content)).toEqual(['', `<@${peer.botId}> hello`, 'direct']);
    answerWith(client, async (interaction) => {
      if (interaction.isMessageContextMenuCommand()) await interaction.reply(interaction.targetMessage.content);
    });
    expect((await asker.messageCommand(plain, 'Diagnose this message')).data.content).toBe('secret');
  });

  test('are held to the limits of the documentation', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const post = (body: unknown): Promise<unknown> =>
      client.rest.post(`/channels/${peer.channel('help')}/messages`, { body }).then(() => 'sent', codeOf);
    const v2 = MessageFlags.IsComponentsV2;
    const text = { type: 10, content: 'text' };
    expect(await post({ content: 'x'.repeat(2_000) })).toBe('sent');
    expect(await post({ content: 'x'.repeat(2_001) })).toBe(50035);
    expect(await post({})).toBe(50006);
    expect(await post({ components: [text] })).toBe(50035);
    expect(await post({ flags: v2, components: [text] })).toBe('sent');
    expect(await post({ flags: v2, components: [text], content: 'x' })).toBe(50035);
    expect(await post({ flags: v2, components: [{ ...text, content: 'x'.repeat(4_001) }] })).toBe(50035);
    const row = (ids: readonly string[]) => ({
      type: 1,
      components: ids.map((custom_id) => ({ type: 2, style: 1, label: 'x', custom_id })),
    });
    expect(await post({ components: [row(['1', '2', '3', '4', '5'])] })).toBe('sent');
    expect(await post({ components: [row(['1', '2', '3', '4', '5', '6'])] })).toBe(50035);
    expect(await post({ components: [row(['1']), row(['1'])] })).toBe(50035);
    expect(await post({ components: [row(['x'.repeat(101)])] })).toBe(50035);
  });

  test('keep the first of one nonce, and record whom they would wake', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const path = `/channels/${peer.channel('help')}/messages` as const;
    const asker = peer.user('U1');
    const body = {
      content: `<@${asker.id}> @everyone`,
      nonce: 'n1',
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    };
    const first = await client.rest.post(path, { body });
    expect(await client.rest.post(path, { body })).toMatchObject({ id: isObject(first) ? first.id : '' });
    expect(peer.messages(peer.channel('help'))).toHaveLength(1);
    expect(peer.pings).toEqual([]);
    await client.rest.post(path, { body: { content: `<@${asker.id}>` } });
    expect(peer.pings.map((ping) => ping.mention)).toEqual([`<@${asker.id}>`]);
  });

  test('need the permissions of their channel', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const help = peer.channel('help');
    const post = (): Promise<unknown> =>
      client.rest.post(`/channels/${help}/messages`, { body: { content: 'x' } }).catch(codeOf);
    peer.deny(help, 'SEND_MESSAGES');
    expect(await post()).toBe(50013);
    peer.deny(help, 'VIEW_CHANNEL');
    expect(await post()).toBe(50001);
    peer.deny(help, 'READ_MESSAGE_HISTORY');
    const sent = await post();
    expect(sent).toMatchObject({ content: 'x' });
    const one = `/channels/${help}/messages/${isObject(sent) ? sent.id : ''}` as const;
    expect(await client.rest.get(one).catch(codeOf)).toBe(50013);
    expect(await client.rest.get(`/channels/${help}/messages`)).toEqual([]);
    peer.deny(help);
    expect(await client.rest.get(one)).toMatchObject({ content: 'x' });
    const shy = await client.users.createDM(peer.user('shy', { dms: 'closed' }).id);
    expect(codeOf(await shy.send('x').catch((error: unknown) => error))).toBe(50007);
  });
});

describe('threads', () => {
  test('are made once from a message, wake up when written to, and take no edit while archived', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const channel = await client.channels.fetch(peer.channel('help'));
    if (!channel?.isTextBased() || !('threads' in channel)) throw new Error('no text channel');
    const head = await channel.send('Head');
    const thread = await head.startThread({ name: 'Case BRAVO' });
    const again = client.rest.post(`/channels/${channel.id}/messages/${head.id}/threads`, { body: { name: 'x' } });
    expect(codeOf(await again.catch((error: unknown) => error))).toBe(160004);
    await thread.members.add(peer.user('U1').id);
    expect(peer.threadMembers(thread.id)).toContain(peer.user('U1').id);
    const inside = await thread.send('one');
    peer.archive(thread.id);
    expect(codeOf(await inside.edit('two').catch((error: unknown) => error))).toBe(50083);
    await thread.send('three');
    expect(peer.threads(channel.id)[0]?.thread_metadata.archived).toBe(false);
    peer.archive(thread.id, true);
    expect(codeOf(await thread.send('four').catch((error: unknown) => error))).toBe(160005);
    peer.deny(channel.id, 'CREATE_PRIVATE_THREADS');
    const path = `/channels/${channel.id}/threads` as const;
    const make = (name: string) => client.rest.post(path, { body: { name, type: 12 } }).catch(codeOf);
    expect(await make('Case')).toBe(50013);
    peer.deny(channel.id);
    expect(await make('ticket-1488')).toBe(200000);
    expect(await make('Case')).toMatchObject({ type: 12 });
  });

  test('are renamed twice in ten minutes and no more', async () => {
    let now = Date.now();
    const peer = await startPeer({ now: () => now });
    const client = await startClient(peer);
    const help = peer.channel('help');
    const made = await client.rest.post(`/channels/${help}/threads`, { body: { name: 'a', type: 11 } });
    const rename = (name: string): Promise<number> =>
      fetch(`${peer.apiUrl}/v10/channels/${isObject(made) ? made.id : ''}`, {
        method: 'PATCH',
        headers: { authorization: `Bot ${peer.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }).then((response) => response.status);
    expect([await rename('b'), await rename('c'), await rename('d')]).toEqual([200, 200, 429]);
    now += 10 * 60_000;
    expect(await rename('d')).toBe(200);
  });
});

describe('faults', () => {
  test('come when planned: a wait, a lost answer, an error', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const route = 'POST /channels/:id/messages';
    const post = (content: string) =>
      client.rest.post(`/channels/${peer.channel('help')}/messages`, { body: { content } });
    peer.faults.next(route, { kind: '429', retryAfterS: 1 });
    await post('waited');
    expect(peer.calls(route).map((call) => call.status)).toEqual([429, 200]);
    peer.faults.next(route, { kind: 'reset-after-commit' });
    await expect(post('lost')).rejects.toThrow();
    peer.faults.next(route, { kind: 'error', status: 403, code: 50013, message: 'Missing Permissions' });
    expect(codeOf(await post('refused').catch((error: unknown) => error))).toBe(50013);
    peer.faults.next(route, { kind: 'http500' });
    await expect(post('broken')).rejects.toThrow();
    expect(peer.messages(peer.channel('help')).map((message) => message.content)).toEqual(['waited', 'lost']);
    expect(() => peer.faults.next('POST /nowhere', { kind: 'hang' })).toThrow('no route');
  });

  test('include the limit over all routes, from which interactions are exempt', async () => {
    let now = Date.now();
    const peer = await startPeer({ globalPerSecond: 1, now: () => now });
    const get = () => fetch(`${peer.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${peer.token}` } });
    expect((await get()).status).toBe(200);
    const refused = await get();
    expect([refused.status, refused.headers.get('x-ratelimit-global')]).toEqual([429, 'true']);
    expect(await refused.json()).toMatchObject({ global: true, retry_after: 1 });
    const answer = await fetch(`${peer.apiUrl}/v10/interactions/1/2/callback`, { method: 'POST', body: '{"type":1}' });
    expect(answer.status).toBe(404);
    now += 1_000;
    expect((await get()).status).toBe(200);
  });

  test('include a bucket that runs out', async () => {
    const route = 'POST /channels/:id/messages';
    const peer = await startPeer({ rateLimits: { [route]: { limit: 1, windowMs: 300 } } });
    const client = await startClient(peer);
    const post = () => client.rest.post(`/channels/${peer.channel('help')}/messages`, { body: { content: 'x' } });
    await Promise.all([post(), post()]);
    expect(peer.messages(peer.channel('help'))).toHaveLength(2);
  });
});

test('waiting in vain names what was seen', async () => {
  const peer = await startPeer();
  peer.user('U1').say(peer.channel('help'), 'hello');
  await expect(peer.waitFor(() => false, 20)).rejects.toThrow('U1: hello');
});

describe.skipIf(!existsSync(EXAMPLES))('Discord’s own document and examples', () => {
  test('agree with the checker, which refuses what they would', () => {
    const spec = loadSpecCheck();
    const bodies = readdirSync(EXAMPLES).map((name): unknown =>
      JSON.parse(readFileSync(new URL(name, EXAMPLES), 'utf8')),
    );
    const problems = bodies.filter(isObject).flatMap((body) => {
      if (isObject(body.data)) {
        const callback = spec.problemsIn('POST', '/interactions/{interaction_id}/{interaction_token}/callback', body);
        return [...callback, ...problemsInModal(body.data)];
      }
      const message = spec.problemsIn('POST', '/channels/{channel_id}/messages', body);
      return [...message, ...problemsInMessage(body, numberIn(body, 'flags') ?? 0)];
    });
    expect(bodies).toHaveLength(27);
    expect(problems).toEqual([]);
    const wrong = { type: 4, data: { components: [{ type: 1, components: [{ type: 2, custom_id: 'no style' }] }] } };
    expect(spec.problemsIn('POST', '/interactions/{interaction_id}/{interaction_token}/callback', wrong)).not.toEqual(
      [],
    );
  });

  test('hold no key of an interaction that the peer leaves out', async () => {
    const peer = await startPeer();
    const client = await startClient(peer);
    const raw: unknown[] = [];
    client.on(Events.Raw, (packet: { readonly t: unknown; readonly d: unknown }) => {
      if (packet.t === 'INTERACTION_CREATE') raw.push(packet.d);
    });
    answerWith(client, async (interaction) => (interaction as ChatInputCommandInteraction).reply('ok'));
    const asker = peer.user('U1');
    await asker.slash(peer.channel('help'), 'licence', { query: 'x' });
    const message = asker.say(peer.channel('help'), 'x');
    await asker.messageCommand(message, 'Diagnose this message');
    const names = ['interaction-slash-command.json', 'interaction-message-command.json'];
    const missing = names.map((name, index) => {
      const example: unknown = JSON.parse(readFileSync(new URL(`../interactions/${name}`, EXAMPLES), 'utf8'));
      const sent = raw[index];
      return keysOf(example).filter((key) => !keysOf(sent).includes(key));
    });
    expect(missing).toEqual([[], []]);
  });
});

/** The keys of an object and of its `data`, as `id` and `data.name`. */
function keysOf(value: unknown): readonly string[] {
  if (!isObject(value)) return [];
  const inner = isObject(value.data) ? Object.keys(value.data).map((key) => `data.${key}`) : [];
  return [...Object.keys(value), ...inner];
}

const field = { type: 18, label: 'Code', component: { type: 4, custom_id: 'code', style: 1 } };

async function openForm(interaction: ButtonInteraction): Promise<void> {
  await interaction.showModal({
    title: 'Paste',
    custom_id: 'form',
    components: [
      {
        type: ComponentType.Label,
        label: 'Output',
        component: { type: ComponentType.TextInput, custom_id: 'output', style: TextInputStyle.Paragraph },
      },
      {
        type: ComponentType.Label,
        label: 'File',
        component: { type: ComponentType.FileUpload, custom_id: 'file', required: false },
      },
    ],
  });
}
