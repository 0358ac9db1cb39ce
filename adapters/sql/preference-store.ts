import type { PreferenceStore } from '../../src/ports/preference-store.ts';
import { localeFromTag } from '../../src/text/locale.ts';
import { type Database, execute } from './database.ts';
import { prepared } from './prepared.ts';
import type { PreferenceTable } from './tables.ts';

export function createPreferenceStore(database: Database): PreferenceStore {
  const { sql } = database;
  const chosen = prepared(({ workspace, person }: Pick<PreferenceTable, 'workspace' | 'person'>) =>
    sql.selectFrom('preference').select('locale').where('workspace', '=', workspace).where('person', '=', person),
  );
  return {
    async localeOf(workspace, person) {
      const [row] = await database.read(chosen({ workspace, person }));
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
