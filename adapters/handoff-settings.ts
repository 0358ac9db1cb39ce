import { type HandoffSettings, noDesks } from '../src/handoff/settings.ts';
import type { DeskConfig } from './desk-config.ts';

/** What the core needs of DESK_CONFIG; how a desk is reached stays out of it. */
export function handoffSettings(config: DeskConfig | undefined): HandoffSettings {
  if (config === undefined) return noDesks;
  const { sender, defaults, hours, desks, routes } = config;
  const { kind, name, 'time-zone': timeZone } = sender;
  return { sender: { kind, name, timeZone }, defaults, hours, desks, routes };
}
