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
});
