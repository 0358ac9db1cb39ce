import { StoreError } from '../../src/errors.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { InstallationStore } from '../../src/ports/installation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { PreferenceStore } from '../../src/ports/preference-store.ts';
import type { TicketStore } from '../../src/ports/ticket-store.ts';
import type { WorkspaceStore } from '../../src/ports/workspace-store.ts';
import { type AuditStore, createAuditStore } from './audit-store.ts';
import { createConversationStore } from './conversation-store.ts';
import { type Database, execute } from './database.ts';
import { createInstallationStore } from './installation-store.ts';
import { migrate } from './migrations/migrate.ts';
import { createOutbox } from './outbox.ts';
import { createPlaceStore } from './place-store.ts';
import { createPreferenceStore } from './preference-store.ts';
import type { SecretKeys } from './secret-box.ts';
import { openSqlite } from './sqlite.ts';
import { createTicketStore } from './ticket-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** Everything that is kept, in one database. */
export interface Store {
  readonly database: Database;
  readonly conversations: ConversationStore;
  readonly outbox: Outbox;
  readonly places: PlaceStore;
  readonly workspaces: WorkspaceStore;
  readonly preferences: PreferenceStore;
  readonly tickets: TicketStore;
  readonly audit: AuditStore;
  /** The installations of tenants, encrypted with the newest of the keys. */
  installations(keys: SecretKeys): InstallationStore;
  /** Resolves while a turn could be committed; else throws StoreError, whose message names cause and remedy. */
  check(): Promise<void>;
  /** Ends all connections. Call it last: what uses the store after that throws. */
  close(): Promise<void>;
}

/**
 * Opens the database of `url` (`sqlite:<file>`, `sqlite::memory:` or `postgres://…`) and brings its schema up to date.
 * Throws StoreError, naming cause and remedy, when it cannot be reached, is damaged, newer or of something else; nothing that
 * exists is then changed.
 */
export async function createStore(url: string, log: Log): Promise<Store> {
  const database = await openDatabase(url, log);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOn(database);
}

/** The stores over a database whose schema is up to date. */
export function storeOn(database: Database): Store {
  const wakes = new Set<() => void>();
  const added = () => {
    for (const wake of wakes) wake();
    database.announce();
  };
  return {
    database,
    conversations: createConversationStore(database, added),
    outbox: createOutbox(database, (wake) => {
      wakes.add(wake);
      const stop = database.onAnnounced(wake);
      return () => {
        wakes.delete(wake);
        stop();
      };
    }),
    places: createPlaceStore(database),
    workspaces: createWorkspaceStore(database),
    preferences: createPreferenceStore(database),
    tickets: createTicketStore(database),
    audit: createAuditStore(database),
    installations: (keys) => createInstallationStore(database, keys),
    // A write, since a full disk or a standby still answers a read.
    check: () =>
      database.transact(
        execute(database.sql.updateTable('meta').set({ value: 'licence-desk' }).where('key', '=', 'product')),
      ),
    close: () => database.close(),
  };
}

/** Opens the database of a URL without looking at its schema. Only PostgreSQL's driver is loaded by need: SQLite's is small. */
export async function openDatabase(url: string, log: Log): Promise<Database> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url, log);
  throw new StoreError('DATABASE_URL begins with neither sqlite: nor postgres://: correct it.');
}
