import type { InstallationStore } from '../../src/ports/installation-store.ts';
import { type Database, execute } from './database.ts';
import { readSalt } from './salt.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';

/** Installations, encrypted with `secretKey`. The key is derived at the first use: that takes a tenth of a second. */
export function createInstallationStore(database: Database, secretKey: string): InstallationStore {
  const { sql } = database;
  let opening: Promise<SecretBox> | undefined;
  const box = () => {
    opening ??= database.transact(readSalt(database)).then((salt) => createSecretBox(secretKey, salt));
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
