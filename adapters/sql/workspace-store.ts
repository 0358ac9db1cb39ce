import { Workspace } from '../../src/conversation/workspace.ts';
import { StoreError } from '../../src/errors.ts';
import type { WorkspaceStore } from '../../src/ports/workspace-store.ts';
import { type Database, execute } from './database.ts';
import { prepared } from './prepared.ts';

export function createWorkspaceStore(database: Database): WorkspaceStore {
  const { sql } = database;
  const settingsOf = prepared(({ id }: { readonly id: string }) =>
    sql.selectFrom('workspace').select('settings').where('id', '=', id),
  );
  return {
    async load(id) {
      const [row] = await database.read(settingsOf({ id }));
      return row === undefined ? {} : readSettings(id, row.settings);
    },
    async save(id, workspace) {
      const settings = JSON.stringify(workspace);
      const saved = sql
        .insertInto('workspace')
        .values({ id, settings })
        .onConflict((it) => it.column('id').doUpdateSet({ settings }));
      await database.transact(execute(saved));
    },
  };
}

function readSettings(id: string, settings: string): Workspace {
  try {
    return Workspace.parse(JSON.parse(settings));
  } catch (cause) {
    throw new StoreError(
      `The stored settings of ${id} cannot be read: they are damaged or newer than this program. They were left as they are.`,
      { cause },
    );
  }
}
