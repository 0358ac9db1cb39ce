import { dropDead, listOutbox, type OutboxEntry, retryDead, type Selection } from '../sql/outbox-operations.ts';
import type { Command } from './command.ts';
import { withStore } from './open-store.ts';
import { readOptions } from './options.ts';

const usage = `npm run --silent licence -- outbox <command>
  list [--json]                                  what waits and what was given up, the oldest first
  retry <id>… | --destination=<name> | --all     tries dead deliveries anew
  drop <id>… | --destination=<name> | --all      removes dead deliveries for good
`;

/** `outbox list|retry|drop`: what is not delivered, and what to do about it. */
export const outbox: Command = async (args, io) => {
  const read = readOptions(args, {
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    destination: { type: 'string' },
  });
  const [command, ...ids] = read?.positionals ?? [];
  const selection = chosen(ids, read?.values ?? {});
  if (command === 'list') {
    const entries = await withStore(io, ({ database }) => listOutbox(database));
    io.output.write(
      read?.values.json === true ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') : describe(entries),
    );
    return 0;
  }
  if ((command !== 'retry' && command !== 'drop') || selection === undefined) {
    io.errors.write(usage);
    return 2;
  }
  const act = command === 'retry' ? retryDead : dropDead;
  const count = await withStore(io, ({ database }) => act(database, selection, new Date()));
  io.output.write(
    command === 'retry' ? `${count} deliveries are tried anew.\n` : `${count} deliveries were removed.\n`,
  );
  return count > 0 || selection === 'all' ? 0 : 1;
};

function chosen(
  ids: readonly string[],
  values: { readonly all?: boolean | undefined; readonly destination?: string | undefined },
): Selection | undefined {
  if (ids.length > 0) return { ids };
  if (values.destination !== undefined) return { destination: values.destination };
  return values.all === true ? 'all' : undefined;
}

function describe(entries: readonly OutboxEntry[]): string {
  if (entries.length === 0) return 'Everything is delivered.\n';
  const lines = entries.map(
    ({ id, state, destination, conversation, attempts, ambiguous, reason, createdAt, nextAt }) =>
      [
        id,
        state === 'dead' ? 'dead' : `next ${nextAt}`,
        destination,
        `conversation ${conversation}`,
        `${attempts} tries since ${createdAt}`,
        ...(ambiguous ? ['may have arrived'] : []),
        ...(reason === null ? [] : [reason]),
      ].join('  '),
  );
  return `${lines.join('\n')}\n`;
}
