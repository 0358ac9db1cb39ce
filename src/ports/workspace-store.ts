import type { Workspace } from '../conversation/workspace.ts';

/** The choices of every tenant. A tenant that has chosen nothing has the empty settings. */
export interface WorkspaceStore {
  load(workspace: string): Promise<Workspace>;
  /** Replaces what was chosen. */
  save(workspace: string, settings: Workspace): Promise<void>;
}
