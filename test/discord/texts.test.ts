import { describe, expect, test } from 'vitest';
import { ask, begin, started, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const direct = (surface: DiscordSurface) =>
  surface.peer
    .messages(surface.person.dmChannelId())
    .filter(({ author }) => author.id === surface.peer.botId)
    .map(shown);

const newestDirect = ({ peer, person }: DiscordSurface, text: string) =>
  peer.messages(person.dmChannelId()).findLast((each) => shown(each).text.includes(text));

describe('a text', () => {
  test('with a mention begins a conversation, and the person is told where', async () => {
    const surface = await begin();
    surface.person.mention(surface.help, 'our server says 0xC004FC07');
    await surface.newest(ask('installed-edition-id'));
    await surface.peer.waitFor(() =>
      surface.peer
        .messages(surface.help)
        .some((each) => JSON.stringify(each.components).includes('discord.com/channels/')),
    );
    expect(surface.peer.pings).toEqual([]);
  });

  test('with a mention in the thread answers what is asked there', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    surface.person.mention(thread?.id ?? '', 'ServerStandardEval');
    await surface.newest(ask('licence-owned'));
  });

  test('that asks for open requests among others gets a button, and each sees their own alone', async () => {
    const surface = await started();
    const { peer, help, person } = surface;
    person.mention(help, 'status');
    const reply = await peer.waitFor(() => peer.messages(help).find(({ author }) => author.id === peer.botId));
    expect(JSON.stringify(reply)).not.toContain('0xC004FC07');
    const answer = await person.press(reply, words().label('my-requests'));
    expect(answer.ephemeral).toBe(true);
    expect(shown(answer.original() ?? reply).text).toContain(ask('installed-edition-id'));
    const another = await peer.user('another').press(reply, words().label('my-requests'));
    expect(another.ephemeral).toBe(true);
    expect(shown(another.original() ?? reply).text).toContain('You have no open request');
    expect(peer.threads(help)).toHaveLength(1);
  });

  test('that asks for open requests directly shows those of every server, with the way to each', async () => {
    const surface = await begin({ guilds: ['One', 'Two'].map((name) => ({ name, channels: ['help'] })) });
    const { peer, person } = surface;
    for (const server of ['One', 'Two']) {
      const help = peer.channel('help', server);
      const card = (await person.slash(help, 'licence', { query: '0xC004FC07' })).original();
      if (card === undefined) throw new Error('no card');
      await person.press(card, words().label('start'));
      await peer.waitFor(() => peer.threads(help).some(({ id }) => peer.messages(id).length === 2));
    }
    person.dm('status');
    const list = await peer.waitFor(() => newestDirect(surface, words().label('home-open')));
    for (const server of ['One', 'Two'])
      expect(JSON.stringify(list)).toContain(`/${peer.threads(peer.channel('help', server))[0]?.id}`);
    const stranger = peer.user('stranger');
    stranger.dm('status');
    await peer.waitFor(() =>
      peer.messages(stranger.dmChannelId()).find((each) => shown(each).text.includes('You have no open request')),
    );
  });

  test('that asks for open requests in a conversation held directly shows the others too', async () => {
    const surface = await started();
    const { peer, person } = surface;
    person.dm('0xC004F074');
    await peer.waitFor(() => direct(surface).length === 2);
    person.dm('status');
    const list = await peer.waitFor(() => newestDirect(surface, words().label('home-open')));
    expect(shown(list).text).toContain('0xC004F074');
    expect(shown(list).text).toContain('0xC004FC07');
  });

  test('about the only open request leads to it by a press, and says where it goes on', async () => {
    const surface = await started();
    const { peer, person, help } = surface;
    person.dm('status');
    const list = await peer.waitFor(() => newestDirect(surface, words().label('home-open')));
    const answer = await person.press(list, words().label('stands-here'));
    expect(answer.ephemeral).toBe(true);
    expect(JSON.stringify(answer.original())).toContain(`/${peer.threads(help)[0]?.id}`);
  });

  test('among others is answered as a reply to it where the bot may read what was written before', async () => {
    const surface = await begin();
    const { peer, person, help } = surface;
    const replies = () => peer.messages(help).filter(({ author }) => author.id === peer.botId);
    const asked = person.mention(help, 'asdf qwer');
    const first = await peer.waitFor(() => replies()[0]);
    expect(JSON.stringify(first)).toContain(`"message_id":"${asked.id}"`);
    expect(peer.calls('POST /channels/:id/messages')[0]?.body).toMatchObject({ enforce_nonce: true });
    peer.deny(help, 'READ_MESSAGE_HISTORY');
    person.mention(help, 'asdf qwer');
    const second = await peer.waitFor(() => replies()[1]);
    expect(JSON.stringify(second)).not.toContain('message_id');
    expect(peer.pings).toEqual([]);
  });

  test('without a mention is not heard', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    surface.person.say(thread?.id ?? '', 'ServerStandardEval');
    surface.person.mention(
      thread?.id ?? '',
      words().texts.questions['installed-edition-id']?.choices?.['no-eval'] ?? '',
    );
    await surface.newest(ask('clock-right'));
  });

  test('of somebody else in the thread is refused in words and changes nothing', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    surface.peer.user('stranger').mention(thread?.id ?? '', 'ServerStandardEval');
    await surface.newest(words().label('not-yours'));
  });

  test('with a key in it is answered where it stands with the advice to delete it', async () => {
    const surface = await begin();
    const key = 'BCDFG-HJKMP-QRTVW-XY234-6789B';
    surface.person.mention(surface.help, `0xC004F050 with ${key}`);
    await surface.peer.waitFor(() =>
      surface.peer.messages(surface.help).find((each) => shown(each).text.includes('Delete your original message')),
    );
    await surface.peer.waitFor(() => surface.peer.threads(surface.help).length === 1);
    const said = surface.messages().concat(surface.peer.messages(surface.help).slice(1));
    expect(JSON.stringify(said)).not.toContain('HJKMP');
  });

  test('that leads nowhere gets a short answer where it was written', async () => {
    const surface = await begin();
    surface.person.mention(surface.help, 'asdf qwer');
    const reply = await surface.peer.waitFor(() =>
      surface.peer.messages(surface.help).find(({ author }) => author.id === surface.peer.botId),
    );
    expect(shown(reply).text).toContain(words().label('not-understood'));
    expect(surface.peer.threads(surface.help)).toEqual([]);
  });

  test('written directly begins a conversation there, and the next one answers', async () => {
    const surface = await begin();
    surface.person.dm('0xC004FC07');
    await surface.peer.waitFor(() => direct(surface).at(-1)?.text.includes(ask('installed-edition-id')));
    surface.person.dm('ServerStandardEval');
    await surface.peer.waitFor(() => direct(surface).at(-1)?.text.includes(ask('licence-owned')));
    expect(direct(surface).some(({ text }) => text.includes('mention'))).toBe(false);
  });

  test('with a file is read whole', async () => {
    const surface = await begin();
    surface.person.dm('', [{ name: 'ato.txt', content: 'Error: 0xC004FC07 The validity period expired' }]);
    await surface.peer.waitFor(() => direct(surface).some(({ text }) => text.includes('0xC004FC07')));
  });

  test('with several files is read whole, and names those that cannot be read', async () => {
    const surface = await begin();
    surface.person.dm('', [
      { name: 'shot.png', content: new Uint8Array([137, 80, 0, 0]) },
      { name: 'dlv.txt', content: 'Description: Windows(R) Operating System, TIMEBASED_EVAL channel' },
      { name: 'ato.txt', content: 'Error: 0xC004FC07' },
    ]);
    await surface.peer.waitFor(() => direct(surface).some(({ text }) => text.includes('0xC004FC07')));
    await surface.peer.waitFor(() => direct(surface).some(({ text }) => text.includes('could not read shot.png')));
    surface.peer.user('another').dm('', [{ name: 'huge.txt', content: 'x'.repeat(200_000) }]);
    const another = surface.peer.user('another').dmChannelId();
    await surface.peer.waitFor(() =>
      surface.peer.messages(another).find((each) => shown(each).text.includes('could not read huge.txt')),
    );
  });

  test('that forwards a message is read with it', async () => {
    const surface = await begin();
    const said = surface.peer.user('another').say(surface.help, 'SRV-01: 0xC004F074');
    const { content, embeds, attachments, components, mentions, timestamp, edited_timestamp, flags, type } = said;
    const message = { content, embeds, attachments, components, mentions, timestamp, edited_timestamp, flags, type };
    surface.person.dm('', [], {
      message_reference: { type: 1, channel_id: said.channel_id, message_id: said.id },
      message_snapshots: [{ message }],
    });
    await surface.peer.waitFor(() => direct(surface).some(({ text }) => text.includes('0xC004F074')));
  });

  test('of 1 MB is answered shortly', async () => {
    const surface = await begin();
    surface.person.dm('x'.repeat(1_000_000));
    const reply = await surface.peer.waitFor(() => direct(surface)[0]);
    expect(reply.text.length).toBeLessThan(1_000);
  });
});
