import { ConfigError } from '../../src/errors.ts';
import { type RoutedCase, routeTo } from '../../src/handoff/routes.ts';
import { desks } from '../../src/knowledge/schema/ids.ts';
import { decideHeld, type TicketDecision } from '../../src/service/ticket-decision.ts';
import { deskDestination } from '../../src/service/ticket-destination.ts';
import { locales } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { type DeskConfig, loadDeskConfig } from '../desk-config.ts';
import { retryDead } from '../sql/outbox-operations.ts';
import { openTicketSystem } from '../tickets/system.ts';
import type { Command, CommandIo } from './command.ts';
import { healthOf } from './desk-health.ts';
import { knowledgeFor } from './knowledge.ts';
import { withStore } from './open-store.ts';
import { readOptions } from './options.ts';

const usage = `npm run --silent licence -- desk <command>       DESK_CONFIG names the file, or --config=<file>
  check                        every problem of the file and of its secrets
  test [name]                  calls each desk with its credentials; makes no ticket
  explain --desk=<kind> [--channel=] [--customer=] [--maker=] [--language=] [--severity=] [--workspace=] [--at=]
                               where such a case would go, and why not elsewhere
  settle <reference> <name> arrived <number> | again
                               decides a held ticket: it is there, or it shall be sent once more
`;

const options = {
  config: { type: 'string' },
  desk: { type: 'string' },
  channel: { type: 'string' },
  customer: { type: 'string' },
  maker: { type: 'string' },
  language: { type: 'string' },
  severity: { type: 'string' },
  workspace: { type: 'string' },
  at: { type: 'string' },
} as const;

type Values = { readonly [Name in keyof typeof options]?: string | undefined };

/** `desk check|test|explain|settle`: whether the ticket desks are well, where a case goes, what becomes of a held ticket. */
export const desk: Command = async (args, io) => {
  const read = readOptions(args, options);
  const [command, ...words] = read?.positionals ?? [];
  const values = read?.values ?? {};
  switch (command) {
    case 'check':
      return check(await configOf(values, io), io);
    case 'test':
      return test(await configOf(values, io), words[0], io);
    case 'explain':
      return explain(await configOf(values, io), values, io);
    case 'settle':
      return settle(words, io);
    default:
      io.errors.write(usage);
      return 2;
  }
};

async function configOf({ config }: Values, { environment }: CommandIo): Promise<DeskConfig> {
  const file = config ?? environment.DESK_CONFIG;
  if (file === undefined)
    throw new ConfigError(
      'No desk is configured: name the file in DESK_CONFIG or with --config=<file>. desk-config.example.yaml is one to begin with.',
    );
  const { tickets } = await knowledgeFor({ environment });
  return loadDeskConfig(
    file,
    tickets.fields.map(({ id }) => id),
  );
}

function check(config: DeskConfig, { environment, output, errors }: CommandIo): number {
  const problems = Object.entries(config.desks).flatMap(([name, { system }]) => {
    const opened = openTicketSystem(system, environment, Date.now);
    return opened.kind === 'desk' ? [] : opened.problems.map((problem) => `${name}: ${problem}`);
  });
  if (problems.length > 0) {
    errors.write(`${problems.join('\n')}\n${problems.length} problem(s)\n`);
    return 1;
  }
  const routed = new Set(config.routes.flatMap(({ when }) => when.desk ?? desks));
  const copied = desks.filter((kind) => kind !== 'none' && !routed.has(kind));
  output.write(`The desks are sound: ${Object.keys(config.desks).length} desks, ${config.routes.length} routes.\n`);
  if (copied.length > 0) output.write(`Without a route, so the case is given to copy: ${copied.join(', ')}.\n`);
  return 0;
}

async function test(config: DeskConfig, only: string | undefined, io: CommandIo): Promise<number> {
  const { output, errors } = io;
  const chosen = Object.entries(config.desks).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) {
    errors.write(`There is no desk ${only ?? ''}: ${Object.keys(config.desks).join(', ') || 'none'}\n`);
    return 2;
  }
  let ill = 0;
  for (const [name, { system }] of chosen) {
    const health = await healthOf(system, io);
    if (health.kind !== 'well') ill += 1;
    output.write(
      `${name}: ${health.kind === 'well' ? 'well' : `${health.kind}${'reason' in health ? `, ${health.reason}` : ''}`}\n`,
    );
  }
  return ill === 0 ? 0 : 1;
}

async function explain(
  config: DeskConfig,
  values: Values,
  { environment, output, errors }: CommandIo,
): Promise<number> {
  const item = caseOf(values);
  if (item === undefined) {
    errors.write(usage);
    return 2;
  }
  const { to, considered } = routeTo(config.routes, config.hours, item);
  for (const { route, to: target, failed } of considered) {
    output.write(`route ${route} to ${target}: ${failed === null ? 'taken' : `no, ${failed} does not fit`}\n`);
  }
  const target = to === null ? undefined : config.desks[to];
  const { texts } = await knowledgeFor({ environment });
  const name = spansToText(fill(texts.en.desks[item.desk].name));
  output.write(
    target === undefined
      ? `No route: the case for ${name} is given to copy.\n`
      : `It goes to ${target.name} (${target.country}), in ${target.language}, by ${target.system.kind}.\n`,
  );
  return 0;
}

function caseOf({
  desk: kind,
  channel,
  customer,
  maker,
  language,
  severity = '3',
  workspace,
  at,
}: Values): RoutedCase | undefined {
  const found = desks.find((each) => each === kind);
  const level = ([1, 2, 3, 4] as const).find((each) => String(each) === severity);
  const locale = locales.find((each) => each === (language ?? 'en'));
  const when = at === undefined ? new Date() : new Date(at);
  if (found === undefined || level === undefined || locale === undefined || Number.isNaN(when.getTime()))
    return undefined;
  return {
    desk: found,
    channel: channel ?? null,
    customer: customer ?? null,
    maker: maker ?? null,
    language: locale,
    severity: level,
    workspace: workspace ?? '',
    at: when.toISOString(),
  };
}

async function settle([reference, name, answer, number]: readonly string[], io: CommandIo): Promise<number> {
  const decision = decisionOf(answer, number);
  if (reference === undefined || name === undefined || decision === undefined) {
    io.errors.write(usage);
    return 2;
  }
  const result = await withStore(io, async ({ tickets, database }) => {
    const decided = await decideHeld(tickets, reference, name, decision);
    if (decided === 'decided') await retryDead(database, { destination: deskDestination(name), reference }, new Date());
    return decided;
  });
  const said = {
    decided: 'Decided. The delivery is taken up again.\n',
    'not-held': 'There is no held ticket of this reference and desk.\n',
    stale: 'It has just changed: look again.\n',
  };
  io.output.write(said[result]);
  return result === 'decided' ? 0 : 1;
}

function decisionOf(answer: string | undefined, number: string | undefined): TicketDecision | undefined {
  if (answer === 'again') return { kind: 'send-again' };
  return answer === 'arrived' && number !== undefined
    ? { kind: 'arrived', ticket: { id: number, number, url: null } }
    : undefined;
}
