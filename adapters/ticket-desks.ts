import { ConfigError } from '../src/errors.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import type { TicketStore } from '../src/ports/ticket-store.ts';
import type { Bot } from '../src/service/bot.ts';
import { createDeskEar } from '../src/service/desk-ear.ts';
import { createTicketDestination } from '../src/service/ticket-destination.ts';
import type { DeskConfig } from './desk-config.ts';
import type { DeskRoute } from './tickets/desk-route.ts';

export interface TicketDeskParts {
  readonly tickets: TicketStore;
  readonly bot: Pick<Bot, 'hear'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TicketDesks {
  /** For the outbox. */
  readonly destinations: readonly Destination[];
  /** For the HTTP server: where the desks say what becomes of their tickets. */
  readonly routes: readonly DeskRoute[];
}

/**
 * The ticket desks of DESK_CONFIG; each tells the conversation what became of its tickets.
 * Throws one ConfigError that names every missing or malformed secret.
 */
export async function openTicketDesks(
  desks: DeskConfig['desks'],
  { bot, ...parts }: TicketDeskParts,
): Promise<TicketDesks> {
  if (Object.keys(desks).length === 0) return { destinations: [], routes: [] };
  const [{ openTicketSystem }, { createDeskRoute }] = await Promise.all([
    import('./tickets/system.ts'),
    import('./tickets/desk-route.ts'),
  ]);
  const problems: string[] = [];
  const destinations: Destination[] = [];
  const routes: DeskRoute[] = [];
  for (const [name, { system }] of Object.entries(desks)) {
    const opened = openTicketSystem(system, process.env, Date.now);
    if (opened.kind === 'problems') {
      problems.push(...opened.problems.map((problem) => `${name}: ${problem}`));
      continue;
    }
    const report = (outcome: Parameters<Bot['hear']>[0]) => bot.hear(outcome);
    destinations.push(createTicketDestination({ ...parts, name, desk: opened.desk, report }));
    if (opened.verify === undefined) continue;
    const ear = createDeskEar({ ...parts, name, report });
    routes.push(createDeskRoute({ name, verify: opened.verify, ear, log: parts.log }));
  }
  if (problems.length > 0) throw new ConfigError(`The desks of DESK_CONFIG cannot be reached:\n${problems.join('\n')}`);
  return { destinations, routes };
}
