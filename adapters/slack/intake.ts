import type { RespondFn } from '@slack/bolt';
import type { z } from 'zod';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { Bot, Origin } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import type { Values } from '../../src/text/sentence.ts';
import type { Afterwards } from './afterwards.ts';
import { platform } from './deliver.ts';
import type { People } from './people.ts';
import { type Payload, renderMessage } from './render.ts';
import type { ExpandKey } from './rich-text.ts';
import type { Scene } from './scene.ts';
import type { SlackWeb } from './web.ts';

/** What every intake works with. */
export interface IntakeParts {
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly web: SlackWeb;
  readonly people: People;
  readonly afterwards: Afterwards;
  readonly log: Log;
}

/** Reads a payload. One that is not what Slack sends is logged and dropped: it would not be better the next time. */
export function readPayload<Schema extends z.ZodType>(
  { log }: IntakeParts,
  schema: Schema,
  body: unknown,
): z.infer<Schema> | undefined {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  log.warn(
    { problems: result.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) },
    'slack: payload dropped',
  );
  return undefined;
}

export function originOf(scene: Scene, more: Pick<Origin, 'receipt' | 'venue' | 'locale'>): Origin {
  return {
    ...more,
    actor: { id: scene.user, role: 'user' },
    workspace: `${platform}:${scene.team}`,
    destination: platform,
  };
}

export function phraseMessage(parts: IntakeParts, locale: Locale, phrase: Phrase, values?: Values): Message {
  return { locale, blocks: [{ kind: 'paragraph', spans: new Words(parts.knowledge(), locale).say(phrase, values) }] };
}

export function render({ knowledge, expandKey }: IntakeParts, message: Message): readonly [Payload, ...Payload[]] {
  return renderMessage(message, { expandKey, choose: new Words(knowledge(), message.locale).label('choose') });
}

/** How to show something in answer to an interaction. */
export interface Showing {
  readonly respond: RespondFn;
  readonly threadTs: string | undefined;
}

/** Shows a message to the person who acted, or to everybody; `replace` puts it in the place of what was pressed. */
export async function show(
  parts: IntakeParts,
  { respond, threadTs }: Showing,
  message: Message,
  how: 'privately' | 'to-all' | 'replace',
): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const [first, ...more] = render(parts, message);
  const response_type = how === 'to-all' ? 'in_channel' : 'ephemeral';
  await respond({ ...first, ...thread, response_type, replace_original: how === 'replace' });
  for (const page of more) await respond({ ...page, ...thread, response_type, replace_original: false });
}

/**
 * Runs what commits. When it throws, nothing was written: the person is told, Slack is not acknowledged, and the fault goes on.
 */
export async function committing<T>(
  parts: IntakeParts,
  locale: Locale,
  showing: Showing,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    parts.afterwards.run('failed to save', () =>
      show(parts, showing, phraseMessage(parts, locale, 'failed-to-save'), 'privately'),
    );
    throw error;
  }
}
