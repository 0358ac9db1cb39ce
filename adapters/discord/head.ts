import type { PlaceKind } from '../../src/conversation/workspace.ts';
import type { Block, Message } from '../../src/message/message.ts';
import type { Words } from '../../src/message/phrases.ts';
import { type Permission, permissionNames } from './permissions.ts';

/** Why a conversation is not held where it should be. */
export interface Lacking {
  readonly permissions: readonly Permission[];
}

const instead = { private: undefined, public: 'place-public-instead', direct: 'place-direct-instead' } as const;

/** The head message, with why it stands where it stands, and how to write to the bot in a thread. */
export function headOf(
  words: Words,
  message: Message,
  kind: PlaceKind,
  lacking: Lacking | undefined,
  mention: string,
): Message {
  const phrase = instead[kind];
  const why: Block[] =
    lacking === undefined || phrase === undefined
      ? []
      : [{ kind: 'paragraph', spans: words.say(phrase, { permissions: permissionNames(words, lacking.permissions) }) }];
  const example = [{ kind: 'code', text: `${mention} 0xC004F074` }] as const;
  const how: Block[] = kind === 'direct' ? [] : [{ kind: 'note', spans: words.say('mention-to-write', { example }) }];
  return { ...message, blocks: [...message.blocks, ...why, ...how] };
}
