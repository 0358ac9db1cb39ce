import type { Claim } from '../conversation/handoff-state.ts';
import { type Hours, openFor } from './hours.ts';
import type { HandoffSettings } from './settings.ts';

/** How long whoever took a conversation may be silent, in hours of the help desk: half a working day. */
export const silentHours = 4;
const silentMs = silentHours * 60 * 60_000;

/** When a conversation goes back to the bot if nothing more is written. Where no hours are known, or none ever open, all count. */
export function endOfClaim(settings: HandoffSettings, workspace: string, { at, wordAt }: Claim): string {
  const since = wordAt ?? at;
  const hours = hoursOf(settings, workspace);
  const end = hours === undefined ? undefined : openFor(hours, since, silentMs);
  return end ?? new Date(Date.parse(since) + silentMs).toISOString();
}

/** The hours that are named for the workspace, or the only ones there are. */
function hoursOf({ hours, agentHours }: HandoffSettings, workspace: string): Hours | undefined {
  const named = agentHours[workspace];
  if (named !== undefined) return hours[named];
  const [only, ...others] = Object.values(hours);
  return others.length === 0 ? only : undefined;
}
