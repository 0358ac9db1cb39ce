import type { Workspace } from '../src/conversation/workspace.ts';
import type { WorkspaceStore } from '../src/ports/workspace-store.ts';
import type { DeskConfig } from './desk-config.ts';

/** The people of a help desk, by the ids of their platform. */
export interface HelpDesk {
  readonly agents: readonly string[];
  readonly leads: readonly string[];
}

/** The choices of tenants, and whom the operator has named beside them. */
export interface Workspaces extends WorkspaceStore {
  configured(workspace: string): HelpDesk;
}

/**
 * What the tenants have chosen, together with the help desks that DESK_CONFIG names: its people are added, its channel serves
 * where none is chosen. Only what was chosen is stored.
 */
export function configuredWorkspaces(store: WorkspaceStore, configured: DeskConfig['agents']): Workspaces {
  return {
    configured: (workspace) => configured[workspace] ?? { agents: [], leads: [] },
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
    async save(workspace, settings) {
      const ours = configured[workspace];
      const chosen = ours === undefined ? settings : withoutConfigured(settings, ours, await store.load(workspace));
      await store.save(workspace, chosen);
    },
  };
}

function joined(chosen: readonly string[] = [], configured: readonly string[]): string[] {
  return [...new Set([...chosen, ...configured])];
}

/** Settings as they are to be stored: what came of the configuration alone stays out, what was chosen before stays in. */
function withoutConfigured(
  { agentChannel, agents = [], leads = [], ...settings }: Workspace,
  ours: DeskConfig['agents'][string],
  before: Workspace,
): Workspace {
  const isOurs = agentChannel === ours.channel && agentChannel !== before.agentChannel;
  return {
    ...settings,
    agents: agents.filter((id) => !ours.agents.includes(id) || before.agents?.includes(id) === true),
    leads: leads.filter((id) => !ours.leads.includes(id) || before.leads?.includes(id) === true),
    ...(agentChannel === undefined || isOurs ? {} : { agentChannel }),
  };
}
