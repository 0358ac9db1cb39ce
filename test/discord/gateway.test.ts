import { describe, expect, test } from 'vitest';
import type { DiscordPeer } from '../support/discord-peer/create-discord-peer.ts';
import { ask, begin, started, words } from './bench.ts';
import type { DiscordSurface } from './surface.ts';

const choose = words().value('installed-edition-id', 'standard-eval');

describe('the gateway', () => {
  test('is said to be ready only while Discord is heard', async () => {
    const surface = await begin();
    expect(surface.workbench.discord().ready()).toBe(true);
    surface.peer.gateway.drop();
    await surface.peer.waitFor(() => surface.peer.gateway.connected === 0);
    await expect.poll(() => surface.workbench.discord().ready()).toBe(false);
    await expect.poll(() => surface.workbench.discord().ready(), { timeout: 5_000 }).toBe(true);
    expect(surface.peer.gateway.identifies).toBe(1);
  });

  test('replays what was pressed while the line was broken', async () => {
    const surface = await started();
    surface.peer.gateway.drop();
    await surface.peer.waitFor(() => surface.peer.gateway.connected === 0);
    await surface.press(choose);
    await surface.newest(ask('licence-owned'));
    expect(surface.peer.gateway.resumes).toBe(1);
  });

  test.each([
    ['asks to reconnect', 'resumes', (peer: DiscordPeer) => peer.gateway.askToReconnect()],
    ['ends the session for now', 'resumes', (peer: DiscordPeer) => peer.gateway.invalidate(true)],
    ['ends the session for good', 'identifies', (peer: DiscordPeer) => peer.gateway.invalidate(false)],
    ['breaks the line with a close code', 'resumes', (peer: DiscordPeer) => peer.gateway.drop(4_000)],
    ['falls silent', 'resumes', (peer: DiscordPeer) => peer.gateway.zombie()],
  ] as const)('is heard again when it %s', { timeout: 60_000 }, async (_, how, happen) => {
    const surface = await started({ heartbeatMs: 1_000 });
    const before = surface.peer.gateway[how];
    happen(surface.peer);
    await surface.peer.waitFor(() => surface.peer.gateway[how] > before, 30_000);
    await expect.poll(() => surface.workbench.discord().ready(), { timeout: 10_000 }).toBe(true);
    await surface.press(choose);
    await surface.newest(ask('licence-owned'));
  });

  test('takes acts in any order: the later one is about an older prompt then', async () => {
    const surface = await started();
    surface.peer.gateway.hold();
    const acts = [surface.press(choose), surface.press(words().label('summary'))];
    await surface.peer.waitFor(
      () => surface.peer.journal.filter((line) => line.startsWith('INTERACTION_CREATE')).length >= 4,
    );
    surface.peer.gateway.release('reversed');
    await Promise.all(acts);
    await surface.newest(ask('licence-owned'));
  });

  test('needs no privileged intent and identifies once a process', async () => {
    const surface = await started();
    await surface.restart();
    expect(surface.peer.gateway.identifies).toBe(2);
  });

  describe('of several processes on one database', () => {
    const shards = [
      { ids: [0], count: 2 },
      { ids: [1], count: 2 },
    ] as const;
    const guilds = ['One', 'Two', 'Three', 'Four'].map((name) => ({ name, channels: ['help'] }));
    /** What came of *Start* in a server: the card that was pressed, as it stands, and the thread once its question is there. */
    const startIn = async ({ peer }: DiscordSurface, server: string) => {
      const help = peer.channel('help', server);
      const asker = peer.user(`asker of ${server}`);
      const card = (await asker.slash(help, 'licence', { query: '0xC004FC07' })).original();
      if (card === undefined) throw new Error('no card');
      await asker.press(card, words().label('start'));
      const thread = await peer.waitFor(
        () => peer.threads(help).find(({ id }) => peer.messages(id).length === 2),
        10_000,
      );
      return { thread, card: () => JSON.stringify(peer.ephemeral(help, asker.id)) };
    };

    test('each hears its servers, and the commands are registered once', async () => {
      const surface = await begin({ guilds, shards });
      for (const { name } of guilds) await startIn(surface, name);
      expect(surface.peer.calls('PUT /applications/:id/commands')).toHaveLength(1);
    });

    test('any opens the thread, and the person is told where it is', async () => {
      const surface = await begin({ guilds, shards, deliverer: 1 });
      const begun = await Promise.all(guilds.map(({ name }) => startIn(surface, name)));
      for (const { thread, card } of begun) await surface.peer.waitFor(() => card().includes(`/${thread.id}`));
    });
  });

  test('refuses to start with a token that Discord refuses, and says what to do', async () => {
    await expect(begin({ wrongToken: true })).rejects.toThrow('DISCORD_TOKEN');
  });
});
