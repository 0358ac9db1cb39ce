import { ConfigError } from '../src/errors.ts';
import { generationOf } from '../src/handoff/case-number.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ConversationStore } from '../src/ports/conversation-store.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import type { TicketDesk } from '../src/ports/ticket-desk.ts';
import type { TicketStore } from '../src/ports/ticket-store.ts';
import type { Bot } from '../src/service/bot.ts';
import { createDeskEar } from '../src/service/desk-ear.ts';
import { removedDesk } from '../src/service/removed-desk.ts';
import { createTicketDestination, deskOfDestination } from '../src/service/ticket-destination.ts';
import type { TicketOutcome } from '../src/service/ticket-outcome.ts';
import type { DeskConfig } from './desk-config.ts';
import type { DeskRoute } from './tickets/desk-route.ts';

export interface TicketDeskParts {
  readonly conversations: Pick<ConversationStore, 'load'>;
  readonly tickets: TicketStore;
  readonly bot: Pick<Bot, 'hear'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The destinations of what waits in the outbox. */
  readonly waiting: readonly string[];
}

export interface TicketDesks {
  /** For the outbox. */
  readonly destinations: readonly Destination[];
  /** For the HTTP server: where the desks say what becomes of their tickets. */
  readonly routes: readonly DeskRoute[];
}

/** How long a delivery is left to the other processes. */
const othersMs = 60_000;

/**
 * The ticket desks of DESK_CONFIG; each tells the conversation what became of its tickets. What waits for a desk that is not there
 * any more is given up.
 * Throws one ConfigError that names every missing or malformed secret.
 */
export async function openTicketDesks(
  desks: DeskConfig['desks'],
  { bot, conversations, waiting, ...parts }: TicketDeskParts,
): Promise<TicketDesks> {
  const removed = waiting
    .flatMap((name) => deskOfDestination(name) ?? [])
    .filter((name) => !Object.hasOwn(desks, name));
  if (Object.keys(desks).length === 0 && removed.length === 0) return { destinations: [], routes: [] };
  const [{ openTicketSystem }, { createDeskRoute }] = await Promise.all([
    import('./tickets/system.ts'),
    import('./tickets/desk-route.ts'),
  ]);
  const isSuperseded = async (conversation: string, reference: string) => {
    const generation = (await conversations.load(conversation))?.handoff?.generation ?? 0;
    return generation > generationOf(reference);
  };
  const report = (outcome: TicketOutcome) => bot.hear(outcome);
  const destinationOf = (name: string, desk: TicketDesk) =>
    createTicketDestination({ ...parts, name, desk, isSuperseded, report });
  const problems: string[] = [];
  const begun = parts.clock.now().toISOString();
  const destinations = removed.map((name) => upTo(begun, destinationOf(name, removedDesk)));
  const routes: DeskRoute[] = [];
  for (const [name, { system }] of Object.entries(desks)) {
    const opened = openTicketSystem(system, process.env, Date.now);
    if (opened.kind === 'problems') {
      problems.push(...opened.problems.map((problem) => `${name}: ${problem}`));
      continue;
    }
    destinations.push(destinationOf(name, opened.desk));
    if (opened.verify === undefined) continue;
    const ear = createDeskEar({ ...parts, name, report });
    routes.push(createDeskRoute({ name, verify: opened.verify, ear, log: parts.log }));
  }
  if (problems.length > 0) throw new ConfigError(`The desks of DESK_CONFIG cannot be reached:\n${problems.join('\n')}`);
  if (removed.length > 0)
    parts.log.error(
      { desks: removed },
      'tickets wait for desks that are no longer in DESK_CONFIG: they are given up, and whoever waits is told',
    );
  return { destinations, routes };
}

/** What was asked for later is for another process, whose configuration has the desk. */
function upTo(begun: string, destination: Destination): Destination {
  return {
    ...destination,
    deliver: async (delivery) =>
      delivery.due > begun ? { kind: 'throttled', retryAfterMs: othersMs } : destination.deliver(delivery),
  };
}
