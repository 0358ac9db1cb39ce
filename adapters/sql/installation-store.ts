import type { InstallationStore } from '../../src/ports/installation-store.ts';
import { type Database, execute, rowsOf, type Unit } from './database.ts';
import { readSalt } from './salt.ts';
import { createSecretBox, type SecretBox, type SecretKeys } from './secret-box.ts';

/**
 * Installations, encrypted with the newest of the keys. The keys are derived at the first use, which takes a tenth of a second; what
 * an older one sealed is sealed anew then, so that it can be given up.
 */
export function createInstallationStore(database: Database, keys: SecretKeys): InstallationStore {
  const { sql } = database;
  let opening: Promise<SecretBox> | undefined;
  const box = () => {
    opening ??= openBox(database, keys);
    return opening;
  };
  return {
    async load(workspace) {
      const [row] = await database.read(
        sql.selectFrom('installation').select('sealed').where('workspace', '=', workspace),
      );
      return row && JSON.parse((await box()).open(row.sealed, workspace));
    },
    async save(workspace, installation) {
      const sealed = (await box()).seal(JSON.stringify(installation), workspace);
      const saved = sql.insertInto('installation').values({ workspace, sealed });
      await database.transact(execute(saved.onConflict((it) => it.column('workspace').doUpdateSet({ sealed }))));
    },
    async remove(workspace) {
      await database.transact(execute(sql.deleteFrom('installation').where('workspace', '=', workspace)));
    },
  };
}

async function openBox(database: Database, keys: SecretKeys): Promise<SecretBox> {
  const box = await createSecretBox(keys, await database.transact(readSalt(database)));
  if (keys.length > 1) await database.transact(renewAll(database, box));
  return box;
}

function* renewAll({ sql }: Database, box: SecretBox): Unit<void> {
  for (const { workspace, sealed } of yield* rowsOf(sql.selectFrom('installation').selectAll())) {
    const renewed = box.renew(sealed, workspace);
    // Another process may have saved a newer one meanwhile.
    const row = sql.updateTable('installation').where('workspace', '=', workspace).where('sealed', '=', sealed);
    if (renewed !== undefined) yield* execute(row.set({ sealed: renewed }));
  }
}
