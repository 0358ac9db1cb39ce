import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../config.ts';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** Where commands stand: everywhere, or in one server. */
export interface Registration {
  readonly guild?: string;
  readonly wanted: readonly Definition[];
}

/**
 * The commands of every scope that is known: everywhere, or in the named servers alone, so that nobody is offered them twice.
 * Source: https://docs.discord.com/developers/interactions/application-commands#making-a-guild-command
 */
export function registrationsOf({ guilds }: DiscordConfig, commands: readonly Definition[]): readonly Registration[] {
  if (guilds === undefined) return [{ wanted: commands }];
  return [{ wanted: [] }, ...guilds.map((guild) => ({ guild, wanted: commands.map(inGuild) }))];
}

/** Where a command may be used is said of those for every server only. */
function inGuild({ contexts: _where, integration_types: _how, ...command }: Definition): Definition {
  return command;
}

const Registered = z.array(z.looseObject({ name: z.string(), type: z.number() }));

/**
 * Registers the commands where they differ from what Discord has, and leaves them alone where not: a new command counts
 * against a daily limit. Returns whether anything was sent.
 * Source: https://docs.discord.com/developers/interactions/application-commands#registering-a-command
 */
export async function registerCommands(
  rest: REST,
  application: string,
  { guild, wanted }: Registration,
): Promise<boolean> {
  const route =
    guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = Registered.parse(await rest.get(route, { query }));
  const isThere = (command: Definition) => there.some((each) => each.name === command.name && agrees(command, each));
  if (there.length === wanted.length && wanted.every(isThere)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Whether everything wanted is there. Discord adds members of its own, and leaves out what is false or empty. */
function agrees(wanted: unknown, there: unknown): boolean {
  if (wanted === false || wanted === undefined) return there === undefined || there === null || there === false;
  if (typeof wanted !== 'object' || wanted === null) return wanted === there;
  if (Array.isArray(wanted))
    return (
      Array.isArray(there) &&
      there.length === wanted.length &&
      wanted.every((each, index) => agrees(each, there[index]))
    );
  const given: Readonly<Record<string, unknown>> = typeof there === 'object' && there !== null ? { ...there } : {};
  return Object.entries(wanted).every(([key, value]) => agrees(value, given[key]));
}
