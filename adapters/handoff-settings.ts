import { type HandoffSettings, noDesks } from '../src/handoff/settings.ts';
import type { DeskConfig } from './desk-config.ts';

/** What the core needs of DESK_CONFIG; how a desk is reached stays out of it. */
export function handoffSettings(config: DeskConfig | undefined): HandoffSettings {
  if (config === undefined) return noDesks;
  const { sender, defaults, hours, desks, routes, agents } = config;
  const { kind, name, 'time-zone': timeZone } = sender;
  const named = Object.entries(agents).flatMap(([workspace, { hours }]) =>
    hours === undefined ? [] : [[workspace, hours] as const],
  );
  return {
    sender: { kind, name, timeZone },
    defaults,
    hours,
    desks,
    routes,
    agentHours: Object.fromEntries(named),
  };
}
