import { describe, expect, test } from 'vitest';
import { ask, begin, started, words } from './bench.ts';

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

  test('is shared by processes on one database: each hears its servers, and any of them delivers', async () => {
    const guilds = ['One', 'Two', 'Three', 'Four'].map((name) => ({ name, channels: ['help'] }));
    const shards = [
      { ids: [0], count: 2 },
      { ids: [1], count: 2 },
    ] as const;
    const surface = await begin({ guilds, shards });
    const { peer } = surface;
    expect(peer.calls('PUT /applications/:id/commands')).toHaveLength(1);
    for (const { name } of guilds) {
      const help = peer.channel('help', name);
      const asker = peer.user(`asker of ${name}`);
      const card = (await asker.slash(help, 'licence', { query: '0xC004FC07' })).original();
      if (card === undefined) throw new Error('no card');
      await asker.press(card, words().label('start'));
      await peer.waitFor(() => peer.threads(help).some(({ id }) => peer.messages(id).length === 2));
    }
  });

  test('refuses to start with a token that Discord refuses, and says what to do', async () => {
    await expect(begin({ wrongToken: true })).rejects.toThrow('DISCORD_TOKEN');
  });
});
