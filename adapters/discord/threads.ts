import type { APIChannel } from 'discord.js';
import { refusalOf, refusesName } from './faults.ts';
import { errors } from './limits.ts';
import type { Spot } from './place.ts';
import type { DiscordRest } from './rest.ts';

type Names = readonly [first: string, otherwise: string];

/** Letters only, since word filters refuse numbers (https://github.com/discord-tickets/bot/issues/271). Never changed later. */
function threadNames(conversation: string): Names {
  return [`licence-${conversation}`, `request-${conversation.slice(0, 7)}`];
}

/** A private thread hangs on no message: its name tells whether an earlier try has made it. One that was locked since is no place. */
export async function privateThread(
  rest: DiscordRest,
  venue: Spot,
  conversation: string,
  triedBefore: boolean,
): Promise<Spot> {
  const names = threadNames(conversation);
  const there = triedBefore && venue.guild !== undefined ? await rest.activeThreads(venue.guild) : [];
  const made = there.find((thread) => names.some((name) => name === thread.name) && !isLocked(thread));
  const { id } = made ?? (await named(names, (name) => rest.startPrivateThread(venue.channel, name)));
  return { guild: venue.guild, channel: id };
}

function isLocked(thread: APIChannel): boolean {
  return 'thread_metadata' in thread && thread.thread_metadata?.locked === true;
}

/** The thread of a message, of which there is one, with the message's own id. */
export async function threadFrom(
  rest: DiscordRest,
  { guild, channel }: Spot,
  message: string,
  conversation: string,
): Promise<Spot> {
  try {
    const { id } = await named(threadNames(conversation), (name) => rest.startThreadFrom(channel, message, name));
    return { guild, channel: id };
  } catch (error) {
    if (refusalOf(error) !== errors.threadExists) throw error;
    return { guild, channel: message };
  }
}

async function named<Made>([first, otherwise]: Names, make: (name: string) => Promise<Made>): Promise<Made> {
  try {
    return await make(first);
  } catch (error) {
    if (!refusesName(error)) throw error;
    return make(otherwise);
  }
}
