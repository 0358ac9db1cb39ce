import '../compile-cache.js';
import { BotError } from '../../src/errors.ts';
import type { Command } from './command.ts';

/** The commands of `npm run licence --`, each loaded only when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  ask: async () => (await import('./ask.ts')).ask,
  backup: async () => (await import('./backup.ts')).backup,
  check: async () => (await import('./check.ts')).check,
  coverage: async () => (await import('./coverage.ts')).coverage,
  desk: async () => (await import('./desk.ts')).desk,
  diff: async () => (await import('./diff.ts')).diff,
  doctor: async () => (await import('./doctor.ts')).doctor,
  erase: async () => (await import('./erase.ts')).erase,
  export: async () => (await import('./erase.ts')).exportUser,
  flow: async () => (await import('./flow.ts')).flow,
  lookup: async () => (await import('./lookup.ts')).lookup,
  outbox: async () => (await import('./outbox.ts')).outbox,
  read: async () => (await import('./read.ts')).read,
  report: async () => (await import('./report.ts')).report,
  restore: async () => (await import('./backup.ts')).restore,
  schemas: async () => (await import('./schemas.ts')).schemas,
  'slack-manifest': async () => (await import('./slack-manifest.ts')).slackManifest,
  show: async () => (await import('./show.ts')).show,
};

const usage = `npm run --silent licence -- <command>
  lookup <code>        what a code means and what to do       --json reads JSON Lines from standard input
  ask <text>           what a requester would be shown first  --json
  read <file           what a pasted output says              --json
  check [folder]       every problem of the knowledge
  coverage             how much of everything there is, and what grows old
  diff <old> <new>     what changes for a reader between two folders
  show <name>          a code, symptom, topic or outcome   --as=text|slack|discord
  schemas              writes the JSON schemas of the knowledge
  flow <name>          a flow as Mermaid
  slack-manifest       the app as Slack is told of it   --url=https://your.host over HTTP
  doctor               whether everything that is configured works; changes nothing
  desk check|test|explain|settle   the ticket desks of DESK_CONFIG
  outbox list|retry|drop           deliveries that were given up
  report               how requests ended, by problem   --since=2026-11-01  --csv|--json a row a request
  backup <file>, restore <file>    the SQLite database, while it runs
  erase, export --workspace= --user=   what is kept about one person
  --locale=en|ja       the language, where the text does not tell
`;

const [name = '', ...args] = process.argv.slice(2);
const load = commands[name];
if (load === undefined) {
  process.stderr.write(name === '' || name === 'help' ? usage : `There is no command ${name}.\n${usage}`);
  process.exitCode = name === '' || name === 'help' ? 0 : 2;
} else {
  try {
    const command = await load();
    process.exitCode = await command(args, {
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      environment: process.env,
    });
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
