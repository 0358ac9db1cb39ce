import type { Workspace } from '../src/conversation/workspace.ts';
import type { WorkspaceStore } from '../src/ports/workspace-store.ts';
import type { DeskConfig } from './desk-config.ts';

/**
 * What the tenants have chosen, together with the help desks that DESK_CONFIG names: its people are added, its channel serves
 * where none is chosen. Only what was chosen is stored.
 */
export function configuredWorkspaces(store: WorkspaceStore, configured: DeskConfig['agents']): WorkspaceStore {
  return {
    async load(workspace) {
      const chosen = await store.load(workspace);
      const ours = configured[workspace];
      if (ours === undefined) return chosen;
      const agentChannel = chosen.agentChannel ?? ours.channel;
      return {
        ...chosen,
        agents: joined(chosen.agents, ours.agents),
        leads: joined(chosen.leads, ours.leads),
        ...(agentChannel === undefined ? {} : { agentChannel }),
      };
    },
    save(workspace, settings) {
      const ours = configured[workspace];
      return store.save(workspace, ours === undefined ? settings : withoutConfigured(settings, ours));
    },
  };
}

function joined(chosen: readonly string[] = [], configured: readonly string[]): string[] {
  return [...new Set([...chosen, ...configured])];
}

function withoutConfigured(
  { agentChannel, agents = [], leads = [], ...settings }: Workspace,
  ours: DeskConfig['agents'][string],
): Workspace {
  return {
    ...settings,
    agents: agents.filter((id) => !ours.agents.includes(id)),
    leads: leads.filter((id) => !ours.leads.includes(id)),
    ...(agentChannel === undefined || agentChannel === ours.channel ? {} : { agentChannel }),
  };
}
