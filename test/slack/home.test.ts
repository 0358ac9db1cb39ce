import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../adapters/sql/store.ts';
import { Words } from '../../src/message/phrases.ts';
import { desksAt } from '../contracts/handoff-scenarios.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { elementsOf, textOf } from '../support/slack-peer/elements.ts';
import { DEFAULT_TEAM } from '../support/slack-peer/seed.ts';
import { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

const en = new Words(shippedKnowledge(), 'en');
const ja = new Words(shippedKnowledge(), 'ja');
const code = '0xC004FC07';

const open: Workbench[] = [];
afterEach(async () => {
  for (const workbench of open.splice(0)) await workbench.end();
});

async function begin(options: WorkbenchOptions = {}): Promise<Workbench> {
  const workbench = await createWorkbench('http', { retryDelaysMs: [], ...options });
  open.push(workbench);
  return workbench;
}

const home = ({ peer }: Workbench, user: string, text: string) =>
  peer.waitFor(() => {
    const view = peer.home(user);
    return view !== undefined && textOf(view).includes(text) && view;
  });
const modal = ({ peer }: Workbench, user: string) => peer.waitFor(() => peer.views(user).at(-1));
const asks = (text: string) => text.includes('ServerStandardEval');

/** A store that takes neither turns nor settings from then on. */
class Failing {
  now = false;

  change(store: Store): Store {
    const unless = <Args extends unknown[], Saved>(save: (...args: Args) => Promise<Saved>) => {
      return (...args: Args) => (this.now ? Promise.reject(new Error('disk full')) : save(...args));
    };
    return {
      ...store,
      conversations: { ...store.conversations, commit: unless(store.conversations.commit) },
      workspaces: { ...store.workspaces, save: unless(store.workspaces.save) },
    };
  }
}

describe('the home tab', () => {
  test('lists what is open with the way there, and goes on with it', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').mention('C1', code);
    await peer.waitFor(() => peer.messages('C1').some((message) => asks(textOf(message))));
    await peer.user('U1').openHome();
    const view = await home(workbench, 'U1', code);
    expect(elementsOf(view).find(({ label }) => label === en.label('home-go-there'))?.element.url).toContain(
      '/archives/C1/p',
    );
    expect(textOf(view)).toContain('Which edition does the server show?');
    await peer.user('U1').press(view, en.label('home-continue'));
    await peer.waitFor(() => peer.messages('C1').filter((message) => asks(textOf(message))).length === 2);
  });

  test('takes a new request and holds it in direct messages', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').openHome();
    await peer.user('U1').press(await home(workbench, 'U1', en.label('home-none')), en.label('home-new'));
    await peer.user('U1').submitView(await modal(workbench, 'U1'), { text: code });
    await peer.waitFor(() => peer.directMessages('U1').some((message) => asks(textOf(message))));
    await home(workbench, 'U1', code);
  });

  test('keeps a new request that could not be saved in its form, and says so there', async () => {
    const failing = new Failing();
    const workbench = await begin({ store: (store) => failing.change(store) });
    const { peer } = workbench;
    await peer.user('U1').openHome();
    await peer.user('U1').press(await home(workbench, 'U1', en.label('home-none')), en.label('home-new'));
    failing.now = true;
    const { errors } = await peer.user('U1').submitView(await modal(workbench, 'U1'), { text: code });
    expect(errors).toEqual({ text: en.label('failed-to-save') });
  });

  test('turns to the other language, and answers follow, also after a restart', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').openHome();
    await peer.user('U1').press(await home(workbench, 'U1', en.label('home-none')), '日本語');
    await home(workbench, 'U1', ja.label('home-none'));
    await workbench.restart();
    await peer.user('U1').slash('C1', '/licence', code);
    await peer.waitFor(() =>
      peer.ephemeral('U1').some((message) => textOf(message).includes(ja.label('check-heading'))),
    );
  });

  test('offers the settings to administrators alone', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').openHome();
    const view = await home(workbench, 'U1', en.label('home-none'));
    expect(elementsOf(view).map(({ label }) => label)).not.toContain(en.label('home-settings'));
  });
});

describe('the settings', () => {
  const set = async (workbench: Workbench, values: Readonly<Record<string, string | readonly string[]>>) => {
    const { peer } = workbench;
    await peer.user('U3').openHome();
    await peer.user('U3').press(await home(workbench, 'U3', en.label('home-none')), en.label('home-settings'));
    await peer.user('U3').submitView(await modal(workbench, 'U3'), values);
    return peer.waitFor(() =>
      peer.directMessages('U3').some((message) => textOf(message).includes(en.label('settings-saved'))),
    );
  };

  test('hold conversations in direct messages where the workspace wants it', async () => {
    const workbench = await begin();
    await set(workbench, { place: 'direct' });
    await workbench.peer.user('U1').mention('C1', code);
    await workbench.peer.waitFor(() => workbench.peer.directMessages('U1').some((message) => asks(textOf(message))));
  });

  test('let the help desk answer for others, and nobody else', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await set(workbench, { agents: ['U2'], language: 'ja', channel: 'C4' });
    expect(await workbench.store().workspaces.load('slack:T1')).toEqual({
      locale: 'ja',
      place: 'public',
      agents: ['U2'],
      agentChannel: 'C4',
    });
    await peer.user('U1').mention('C1', `error ${code}`);
    const asked = await peer.waitFor(() => peer.messages('C1').find((message) => asks(textOf(message))));
    await peer.user('U3').press(asked, 'ServerStandardEval');
    await peer.waitFor(() => peer.ephemeral('U3').some((message) => textOf(message).includes(en.label('not-yours'))));
    await peer.user('U2').press(asked, 'ServerStandardEval');
    await peer.waitFor(() =>
      peer.messages('C1').some((message) => textOf(message).includes('licence for this server')),
    );
  });

  test('that could not be saved say so in their form', async () => {
    const failing = new Failing();
    const workbench = await begin({ store: (store) => failing.change(store) });
    const { peer } = workbench;
    await peer.user('U3').openHome();
    await peer.user('U3').press(await home(workbench, 'U3', en.label('home-none')), en.label('home-settings'));
    failing.now = true;
    const { errors } = await peer.user('U3').submitView(await modal(workbench, 'U3'), { place: 'direct' });
    expect(errors).toEqual({ language: en.label('failed-to-save') });
    expect(await workbench.store().workspaces.load('slack:T1')).toEqual({});
  });

  const groups = [{ id: 'S1', name: 'Licence agents', handle: 'licence-agents', users: ['U2'] }];

  test('take a user group for the help desk: its members answer for others', async () => {
    const workbench = await begin({ teams: [{ ...DEFAULT_TEAM, groups }] });
    const { peer } = workbench;
    await set(workbench, { 'agent-groups': ['Licence agents (@licence-agents)'], leads: ['U3'] });
    expect(await workbench.store().workspaces.load('slack:T1')).toMatchObject({ agents: ['S1'], leads: ['U3'] });
    await workbench.restart();
    await peer.user('U1').mention('C1', `error ${code}`);
    const asked = await peer.waitFor(() => peer.messages('C1').find((message) => asks(textOf(message))));
    await peer.user('U2').press(asked, 'ServerStandardEval');
    await peer.waitFor(() =>
      peer.messages('C1').some((message) => textOf(message).includes('licence for this server')),
    );
    expect(peer.calls('usergroups.users.list')).toHaveLength(1);
  });

  test('name whom the configuration file names beside the menus, and leave them there', async () => {
    const named = { channel: 'C4', agents: ['U1', 'S1'], leads: ['U3'] };
    const desks = { ...desksAt('http://127.0.0.1:9', { 'slack:T1': named }), desks: {}, routes: [] };
    const workbench = await begin({ teams: [{ ...DEFAULT_TEAM, groups }], desks });
    const { peer } = workbench;
    await peer.user('U3').openHome();
    await peer.user('U3').press(await home(workbench, 'U3', en.label('home-none')), en.label('home-settings'));
    const view = await modal(workbench, 'U3');
    const notes = view.blocks.filter(({ type }) => type === 'rich_text').map((block) => JSON.stringify(block));
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('"user_id":"U1"');
    expect(notes[0]).toContain('"usergroup_id":"S1"');
    expect(notes[1]).toContain('"user_id":"U3"');
    expect(textOf(view)).toContain(en.label('settings-configured', { people: '' }).trim());
    expect(JSON.stringify(view)).not.toContain('initial_users');
    await peer.user('U3').submitView(view, { agents: ['U2'] });
    await peer.waitFor(() =>
      peer.directMessages('U3').some((message) => textOf(message).includes(en.label('settings-saved'))),
    );
    expect(await workbench.store().workspaces.load('slack:T1')).toEqual({
      agents: ['U2'],
      leads: [],
      place: 'public',
    });
  });

  test('open without groups where the installation is older than the scope, and keep those chosen before', async () => {
    const scopes = DEFAULT_TEAM.scopes.filter((scope) => scope !== 'usergroups:read');
    const workbench = await begin({ teams: [{ ...DEFAULT_TEAM, groups, scopes }] });
    await workbench.store().workspaces.save('slack:T1', { agents: ['S1'] });
    await set(workbench, { agents: ['U1'] });
    expect(await workbench.store().workspaces.load('slack:T1')).toMatchObject({ agents: ['U1', 'S1'] });
    expect(workbench.logged.map(({ fields }) => fields.fault)).toContainEqual({
      kind: 'refused',
      error: 'missing_scope',
    });
  });
});
