import { describe, expect, test } from 'vitest';
import { configuredWorkspaces } from '../adapters/configured-workspaces.ts';
import type { Workspace } from '../src/conversation/workspace.ts';

/** A tenant with what it has chosen so far, beside what the configuration names. */
function open(chosen: Workspace) {
  let stored = chosen;
  const store = {
    load: async () => stored,
    save: async (_: string, settings: Workspace) => {
      stored = settings;
    },
  };
  const configured = { 'slack:T1': { channel: 'C9', agents: ['U1', 'U2'], leads: ['U3'] } };
  return { workspaces: configuredWorkspaces(store, configured), stored: () => stored };
}

describe('the help desk of a configuration', () => {
  test('stands beside the one a tenant has chosen', async () => {
    const { workspaces } = open({ agents: ['U7', 'U1'], locale: 'ja' });
    expect(await workspaces.load('slack:T1')).toEqual({
      agents: ['U7', 'U1', 'U2'],
      leads: ['U3'],
      agentChannel: 'C9',
      locale: 'ja',
    });
  });

  test('is known apart from what a tenant has chosen', () => {
    const { workspaces } = open({ agents: ['U7'] });
    expect(workspaces.configured('slack:T1')).toMatchObject({ agents: ['U1', 'U2'], leads: ['U3'] });
    expect(workspaces.configured('slack:T2')).toEqual({ agents: [], leads: [] });
  });

  test('gives way to the channel a tenant has chosen', async () => {
    expect((await open({ agentChannel: 'C5' }).workspaces.load('slack:T1')).agentChannel).toBe('C5');
  });

  test('is no business of other tenants', async () => {
    expect(await open({ locale: 'en' }).workspaces.load('slack:T2')).toEqual({ locale: 'en' });
  });

  test('is not stored with the settings, and what was chosen stays chosen', async () => {
    const { workspaces, stored } = open({ agents: ['U1', 'U7'] });
    await workspaces.save('slack:T1', { ...(await workspaces.load('slack:T1')), locale: 'ja' });
    expect(stored()).toEqual({ agents: ['U1', 'U7'], leads: [], locale: 'ja' });
    await workspaces.save('slack:T1', { ...(await workspaces.load('slack:T1')), agentChannel: 'C5' });
    expect(stored().agentChannel).toBe('C5');
  });
});
