import { describe, expect, test } from 'vitest';
import { desksAt } from '../contracts/handoff-scenarios.ts';
import { ask, begin, start, words } from './bench.ts';
import { shown } from './shown.ts';

describe('settings', () => {
  test('are for those who manage the server', async () => {
    const surface = await begin();
    await expect(surface.person.slash(surface.help, 'licence-settings')).rejects.toThrow('not shown');
  });

  test('are saved with one choice, and hold from then on', async () => {
    const surface = await begin();
    const manager = surface.peer.user('boss', { manager: true });
    const view = (await manager.slash(surface.help, 'licence-settings')).original();
    if (view === undefined) throw new Error('no settings');
    expect(shown(view).text).toContain('every permission I need');
    const saved = await manager.select(view, 'settings.place', ['public']);
    expect(shown(saved.original() ?? view).text).toContain(words().label('settings-saved'));
    await manager.select(view, 'settings.language', ['ja']);
    const workspace = `discord:${surface.peer.guild().id}`;
    expect(await surface.workbench.store().workspaces.load(workspace)).toEqual({ place: 'public', locale: 'ja' });
    await manager.select(view, 'settings.language', ['each']);
    await start(surface);
    expect(surface.peer.threads(surface.help)[0]?.type).toBe(11);
  });

  test('are said to be out of reach while the store is', async () => {
    let fails = false;
    const surface = await begin({
      store: (store) => ({
        ...store,
        workspaces: {
          ...store.workspaces,
          load: (workspace) => (fails ? Promise.reject(new Error('gone')) : store.workspaces.load(workspace)),
        },
      }),
    });
    fails = true;
    const answer = await surface.peer.user('boss', { manager: true }).slash(surface.help, 'licence-settings');
    const told = await surface.peer.waitFor(() => answer.original());
    expect(shown(told).text).toBe(words().label('failed-to-look'));
  });

  test('name in words what the bot lacks in the channel', async () => {
    const surface = await begin({ guilds: [{ name: 'Contoso', locale: 'ja', channels: ['help', 'agents'] }] });
    surface.peer.deny(surface.help, 'CREATE_PRIVATE_THREADS', 'READ_MESSAGE_HISTORY');
    const manager = surface.peer.user('boss', { manager: true, locale: 'ja' });
    const view = (await manager.slash(surface.help, 'licence-settings')).original();
    expect(view === undefined ? '' : shown(view).text).toContain('プライベートスレッドの作成, メッセージ履歴を読む');
  });

  test('name whom the configuration file names, roles and people, and do not offer to drop them', async () => {
    const desks = { ...desksAt('http://127.0.0.1:9'), desks: {}, routes: [] };
    const surface = await begin({ guilds: [{ name: 'Contoso', channels: ['help'], roles: ['desk', 'other'] }], desks });
    const [person, role, other] = ['112233', surface.peer.role('desk'), surface.peer.role('other')];
    const workspace = `discord:${surface.peer.guild().id}`;
    desks.agents[workspace] = { agents: [role, person], leads: [] };
    await surface.workbench.store().workspaces.save(workspace, { agents: [other] });
    const manager = surface.peer.user('boss', { manager: true });
    const view = (await manager.slash(surface.help, 'licence-settings')).original();
    const seen = JSON.stringify(view);
    expect(seen).toContain(`changed only there: <@&${role}>, <@${person}>`);
    expect(seen).toContain(`"default_values":[{"id":"${other}","type":"role"}]`);
    if (view === undefined) throw new Error('no settings');
    await manager.select(view, 'settings.place', ['public']);
    expect(await surface.workbench.store().workspaces.load(workspace)).toEqual({
      agents: [other],
      leads: [],
      place: 'public',
    });
  });

  test('make a role the help desk, whose people may answer for others', async () => {
    const surface = await begin({ guilds: [{ name: 'Contoso', channels: ['help'], roles: ['desk'] }] });
    await surface.workbench
      .store()
      .workspaces.save(`discord:${surface.peer.guild().id}`, { agents: [surface.peer.role('desk')] });
    await start(surface);
    const agent = surface.peer.user('agent', { roles: ['desk'] });
    const prompt = surface.messages().at(-1);
    if (prompt === undefined) throw new Error('no prompt');
    await agent.press(prompt, words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
  });
});
