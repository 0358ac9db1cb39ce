import type { z } from 'zod';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { PreferenceStore } from '../../src/ports/preference-store.ts';
import type { Bot } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import type { Values } from '../../src/text/sentence.ts';
import type { Workspaces } from '../configured-workspaces.ts';
import type { Afterwards } from './afterwards.ts';
import type { Groups } from './groups.ts';
import type { People } from './people.ts';
import { type Payload, renderMessage } from './render.ts';
import type { ExpandKey } from './rich-text.ts';
import type { SlackWeb } from './web.ts';

/** What every intake works with. */
export interface IntakeParts {
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly workspaces: Workspaces;
  readonly preferences: PreferenceStore;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly web: SlackWeb;
  readonly people: People;
  readonly groups: Groups;
  readonly afterwards: Afterwards;
  readonly clock: Clock;
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

export function phraseMessage(parts: IntakeParts, locale: Locale, phrase: Phrase, values?: Values): Message {
  return { locale, blocks: [{ kind: 'paragraph', spans: new Words(parts.knowledge(), locale).say(phrase, values) }] };
}

export function render(
  { knowledge, expandKey }: Pick<IntakeParts, 'knowledge' | 'expandKey'>,
  message: Message,
): readonly [Payload, ...Payload[]] {
  return renderMessage(message, { expandKey, choose: new Words(knowledge(), message.locale).label('choose') });
}
