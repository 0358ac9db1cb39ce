/**
 * What a platform gave when a workspace installed the bot: tokens and what belongs to them. Kept encrypted; only the
 * platform's adapter knows its shape and parses it.
 */
export interface InstallationStore {
  load(workspace: string): Promise<unknown>;
  /** Replaces what was there. `installation` is kept as JSON. */
  save(workspace: string, installation: object): Promise<void>;
  remove(workspace: string): Promise<void>;
}
