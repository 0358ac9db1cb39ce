import type { PlaceKind, Workspace } from '../../src/conversation/workspace.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { ClaimedDelivery, PlaceDelivery, StatusDelivery } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { WorkspaceStore } from '../../src/ports/workspace-store.ts';
import type { Opening } from './announcements.ts';
import { refusalOf } from './faults.ts';
import { headOf, type Lacking } from './head.ts';
import { errors } from './limits.ts';
import { neededFor, type Permission } from './permissions.ts';
import { directKey, findSpot, platform, readSpot, type Spot, workspaceOf, writeSpot } from './place.ts';
import type { DiscordRest } from './rest.ts';
import { type Render, sendPages } from './send.ts';
import { privateThread, threadFrom } from './threads.ts';

export interface OpenPlaceParts {
  readonly rest: DiscordRest;
  readonly places: PlaceStore;
  readonly workspaces: WorkspaceStore;
  readonly knowledge: () => Knowledge;
  readonly render: Render;
  /** Which of the permissions the bot lacks in a channel. */
  readonly missing: (channel: string, asked: readonly Permission[]) => readonly Permission[];
  /** How a person addresses the bot. */
  readonly mention: () => string;
  /** Told what came of it. */
  readonly told: (conversation: string, opening: Opening) => void;
}

/** A delivery that brings a message into the place. */
export type Posted = PlaceDelivery | StatusDelivery;

/** Makes a conversation's place and posts its head message, unless both are there. Returns where the head stands. */
export type OpenPlace = (delivery: ClaimedDelivery<Posted>, options?: { readonly anew: boolean }) => Promise<Spot>;

interface Opened {
  readonly thread: Spot;
  readonly head: Spot;
}

/** Answers after which another kind of place is tried. */
const closedDoors: readonly number[] = [
  errors.missingAccess,
  errors.missingPermissions,
  errors.unknownChannel,
  errors.tooManyThreads,
  errors.threadLocked,
  errors.cannotMessageUser,
  errors.wrongChannelType,
  errors.notText,
];

class MissingPermissions extends Error {}

/** A private thread by default, a public one or a direct message where the workspace says so or permissions are missing. */
export function createOpenPlace(parts: OpenPlaceParts): OpenPlace {
  const { rest, places, workspaces, knowledge, render, missing } = parts;

  const open: Readonly<
    Record<PlaceKind, (venue: Spot, message: Message, delivery: ClaimedDelivery<Posted>) => Promise<Opened>>
  > = {
    async private(venue, message, { id, content, attempts, ambiguous }) {
      const thread = await privateThread(rest, venue, content.conversation, attempts > 0 || ambiguous);
      await rest.join(thread.channel, content.requester);
      return { thread, head: await sendPages(rest, thread, render(message), id) };
    },
    async public(venue, message, { id, content }) {
      const head = await sendPages(rest, venue, render(message), id);
      return { thread: await threadFrom(rest, venue, head.message ?? '', content.conversation), head };
    },
    async direct(venue, message, { id, content }) {
      const channel = venue.guild === undefined ? venue.channel : (await rest.openDirect(content.requester)).id;
      const thread = { guild: undefined, channel };
      const head = await sendPages(rest, thread, render(message), id);
      await places.save(platform, directKey(channel), 'current', content.conversation);
      return { thread, head };
    },
  };

  /** Tries the kinds of place in turn; `lacking` is what the first of them would have needed. */
  const openFirst = async (
    delivery: ClaimedDelivery<Posted>,
    [kind, ...others]: readonly PlaceKind[],
    lacking?: Lacking,
  ): Promise<Opened> => {
    const { venue: ref, message } = delivery.content;
    const venue = readSpot(ref);
    if (kind === undefined) throw new MissingPermissions();
    const lacks = missing(venue.channel, neededFor[kind]);
    try {
      if (lacks.length > 0) throw new MissingPermissions(`${kind}: ${lacks.join(', ')}`);
      const head = headOf(new Words(knowledge(), message.locale), message, kind, lacking, parts.mention());
      return await open[kind](venue, head, delivery);
    } catch (error) {
      if (!isClosedDoor(error)) throw error;
      const without = lacking ?? { permissions: lacks.length > 0 ? lacks : neededFor[kind] };
      if (others.length > 0) return openFirst(delivery, others, without);
      parts.told(delivery.content.conversation, { kind: 'refused', ...without });
      throw error;
    }
  };

  return async (delivery, { anew } = { anew: false }) => {
    const { conversation, venue } = delivery.content;
    const known = anew ? undefined : await findSpot(places, conversation, 'head');
    if (known !== undefined) return known;
    const { guild } = readSpot(venue);
    const { thread, head } = await openFirst(delivery, kindsFor(guild, await workspaces.load(workspaceOf(guild))));
    await places.save(platform, conversation, 'thread', writeSpot(thread));
    await places.save(platform, conversation, 'head', writeSpot(head));
    parts.told(conversation, { kind: 'opened', place: thread });
    return head;
  };
}

function isClosedDoor(error: unknown): boolean {
  return error instanceof MissingPermissions || closedDoors.includes(refusalOf(error) ?? 0);
}

/** The kinds of place in the order they are tried. */
function kindsFor(guild: string | undefined, { place = 'private' }: Workspace): readonly PlaceKind[] {
  if (guild === undefined) return ['direct'];
  const order = {
    private: ['private', 'public', 'direct'],
    public: ['public', 'direct'],
    direct: ['direct', 'private', 'public'],
  } as const;
  return order[place];
}
