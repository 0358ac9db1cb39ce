import { readConfig } from '../config.ts';
import { backUp, restore as restoreFile } from '../sql/backup.ts';
import type { Command, CommandIo } from './command.ts';
import { sqliteFile } from './open-store.ts';
import { readOptions } from './options.ts';

const notSqlite = 'DATABASE_URL names a PostgreSQL database: use pg_dump and pg_restore.\n';

/** `backup <file>`: copies the SQLite database while it is in use. */
export const backup: Command = async ([destination], io) => {
  if (destination === undefined) return refuse(io, 'npm run --silent licence -- backup <file>\n');
  const file = sqliteFile(readConfig(io.environment).databaseUrl);
  if (file === undefined) return refuse(io, notSqlite);
  await backUp(file, destination);
  io.output.write(`${destination} holds a checked copy of ${file}.\n`);
  return 0;
};

/** `restore <file> [--replace]`: puts a backup in the place of the SQLite database of a stopped process. */
export const restore: Command = async (args, io) => {
  const read = readOptions(args, { replace: { type: 'boolean' } });
  const source = read?.positionals[0];
  if (source === undefined) return refuse(io, 'npm run --silent licence -- restore <file> [--replace]\n');
  const file = sqliteFile(readConfig(io.environment).databaseUrl);
  if (file === undefined) return refuse(io, notSqlite);
  const aside = restoreFile(source, file, { replace: read?.values.replace === true, now: new Date() });
  io.output.write(
    `${file} is the backup ${source}.${aside === undefined ? '' : ` What was there is kept as ${aside}.`}\n`,
  );
  return 0;
};

function refuse(io: CommandIo, why: string): number {
  io.errors.write(why);
  return 2;
}
