import type { DeskFailure } from '../../src/ports/ticket-desk.ts';
import { openTicketSystem } from '../tickets/system.ts';
import type { CommandIo } from './command.ts';

/** Calls a desk with its credentials; makes no ticket. A desk whose secrets are missing or malformed is closed. */
export async function healthOf(
  system: Parameters<typeof openTicketSystem>[0],
  { environment }: CommandIo,
): Promise<{ readonly kind: 'well' } | DeskFailure> {
  const opened = openTicketSystem(system, environment, Date.now);
  return opened.kind === 'desk' ? opened.desk.probe() : { kind: 'closed', reason: opened.problems.join('; ') };
}
