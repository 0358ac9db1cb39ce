import type { PreferenceStore } from '../../src/ports/preference-store.ts';
import { localeFromTag } from '../../src/text/locale.ts';
import { type Database, execute } from './database.ts';

export function createPreferenceStore(database: Database): PreferenceStore {
  const { sql } = database;
  return {
    async localeOf(workspace, person) {
      const chosen = sql.selectFrom('preference').select('locale');
      const [row] = await database.read(chosen.where('workspace', '=', workspace).where('person', '=', person));
      return localeFromTag(row?.locale);
    },
    async choose(workspace, person, locale) {
      const saved = sql
        .insertInto('preference')
        .values({ workspace, person, locale })
        .onConflict((it) => it.columns(['workspace', 'person']).doUpdateSet({ locale }));
      await database.transact(execute(saved));
    },
  };
}
