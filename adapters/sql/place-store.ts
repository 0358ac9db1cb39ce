import type { PlaceStore } from '../../src/ports/place-store.ts';
import { type Database, execute } from './database.ts';

export function createPlaceStore(database: Database): PlaceStore {
  const { sql } = database;
  return {
    save: (platform, conversation, part, ref) =>
      database.transact(
        execute(
          sql
            .insertInto('place')
            .values({ platform, conversation, part, ref })
            .onConflict((it) => it.columns(['platform', 'conversation', 'part']).doUpdateSet({ ref })),
        ),
      ),
    async find(platform, conversation, part) {
      const key = sql
        .selectFrom('place')
        .select('ref')
        .where('platform', '=', platform)
        .where('conversation', '=', conversation);
      const [row] = await database.read(key.where('part', '=', part));
      return row?.ref;
    },
    async conversationAt(platform, part, ref) {
      const place = sql
        .selectFrom('place')
        .select('conversation')
        .where('platform', '=', platform)
        .where('part', '=', part);
      const [row] = await database.read(place.where('ref', '=', ref).limit(1));
      return row?.conversation;
    },
  };
}
