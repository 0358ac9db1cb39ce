import { describe, expect, test } from 'vitest';
import { ask, begin, started, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const direct = (surface: DiscordSurface) =>
  surface.peer
    .messages(surface.person.dmChannelId())
    .filter(({ author }) => author.id === surface.peer.botId)
    .map(shown);

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

  test('that asks for open requests shows where each stands, and begins none', async () => {
    const surface = await started();
    surface.person.mention(surface.help, 'status');
    const reply = await surface.peer.waitFor(() => surface.peer.messages(surface.help).at(-1));
    await surface.peer.waitFor(() =>
      shown(surface.peer.messages(surface.help).at(-1) ?? reply).text.includes(ask('installed-edition-id')),
    );
    expect(surface.peer.threads(surface.help)).toHaveLength(1);
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

  test('of 1 MB is answered shortly', async () => {
    const surface = await begin();
    surface.person.dm('x'.repeat(1_000_000));
    const reply = await surface.peer.waitFor(() => direct(surface)[0]);
    expect(reply.text.length).toBeLessThan(1_000);
  });
});
