import { erasePerson, exportPerson, type Person } from '../sql/personal-data.ts';
import type { Command, CommandIo } from './command.ts';
import { withStore } from './open-store.ts';
import { readOptions } from './options.ts';

const usage = `npm run --silent licence -- export --workspace=<slack:T…|discord:…> --user=<id>         everything that is kept of a person, as JSON
npm run --silent licence -- erase --workspace=<slack:T…|discord:…> --user=<id> [--yes]  removes it; without --yes, only tells how much it is
`;

/** `export --workspace --user`: everything that is kept of a person, as JSON. */
export const exportUser: Command = async (args, io) => {
  const { person } = readPerson(args);
  if (person === undefined) return refuse(io);
  const data = await withStore(io, ({ database }) => exportPerson(database, person));
  io.output.write(`${JSON.stringify(data, null, 2)}\n`);
  return 0;
};

/** `erase --workspace --user [--yes]`: removes it for good. */
export const erase: Command = async (args, io) => {
  const { person, yes } = readPerson(args);
  if (person === undefined) return refuse(io);
  if (!yes) {
    const { conversations, turnsElsewhere } = await withStore(io, ({ database }) => exportPerson(database, person));
    io.output.write(
      `${conversations.length} conversations and ${turnsElsewhere.length} turns elsewhere would be erased for good. Say --yes to do it.\n`,
    );
    return 1;
  }
  const erased = await withStore(io, ({ database }) => erasePerson(database, person, new Date()));
  io.output.write(
    `${erased.conversations} conversations and ${erased.turns} turns elsewhere were erased. Messages on the platform and tickets at desks are not ours to remove.\n`,
  );
  return 0;
};

function readPerson(args: readonly string[]): { readonly person: Person | undefined; readonly yes: boolean } {
  const options = { workspace: { type: 'string' }, user: { type: 'string' }, yes: { type: 'boolean' } } as const;
  const { workspace, user, yes = false } = readOptions(args, options)?.values ?? {};
  return { person: workspace === undefined || user === undefined ? undefined : { workspace, user }, yes };
}

function refuse(io: CommandIo): number {
  io.errors.write(usage);
  return 2;
}
