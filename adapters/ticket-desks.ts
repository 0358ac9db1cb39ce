import { ConfigError } from '../src/errors.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import type { TicketStore } from '../src/ports/ticket-store.ts';
import type { Bot } from '../src/service/bot.ts';
import { createTicketDestination } from '../src/service/ticket-destination.ts';
import type { DeskConfig } from './desk-config.ts';

export interface TicketDeskParts {
  readonly tickets: TicketStore;
  readonly bot: Pick<Bot, 'hear'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The ticket desks of DESK_CONFIG as destinations of the outbox; each tells the conversation what became of its tickets.
 * Throws one ConfigError that names every missing or malformed secret.
 */
export async function openTicketDesks(
  desks: DeskConfig['desks'],
  { bot, ...parts }: TicketDeskParts,
): Promise<readonly Destination[]> {
  if (Object.keys(desks).length === 0) return [];
  const { openTicketSystem } = await import('./tickets/system.ts');
  const problems: string[] = [];
  const destinations = Object.entries(desks).flatMap(([name, { system }]): readonly Destination[] => {
    const opened = openTicketSystem(system, process.env, Date.now);
    if (opened.kind === 'problems') {
      problems.push(...opened.problems.map((problem) => `${name}: ${problem}`));
      return [];
    }
    const report = (outcome: Parameters<Bot['hear']>[0]) => bot.hear(outcome);
    return [createTicketDestination({ ...parts, name, desk: opened.desk, report })];
  });
  if (problems.length > 0) throw new ConfigError(`The desks of DESK_CONFIG cannot be reached:\n${problems.join('\n')}`);
  return destinations;
}
