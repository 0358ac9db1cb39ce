import type { RespondFn } from '@slack/bolt';
import type { Message } from '../../src/message/message.ts';
import type { Locale } from '../../src/text/locale.ts';
import { type IntakeParts, phraseMessage, render } from './intake.ts';
import type { Scene } from './scene.ts';
import { isDirect, type Spot } from './spot.ts';

/** Where something is shown in answer to an interaction. */
export interface Showing {
  readonly scene: Scene;
  /** Absent where nothing can be answered, as on a home tab or in a modal. */
  readonly respond: RespondFn | undefined;
  readonly threadTs: string | undefined;
}

/** Shows a message to the person who acted, or to everybody; `replace` puts it in the place of what was pressed. */
export async function show(
  parts: IntakeParts,
  { scene, respond, threadTs }: Showing,
  message: Message,
  how: 'privately' | 'to-all' | 'replace',
): Promise<void> {
  if (respond === undefined) return tellDirectly(parts, scene, message);
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const [first, ...more] = render(parts, message);
  const response_type = how === 'to-all' ? 'in_channel' : 'ephemeral';
  await respond({ ...first, ...thread, response_type, replace_original: how === 'replace' });
  for (const page of more) await respond({ ...page, ...thread, response_type, replace_original: false });
}

/** Tells one person something where they wrote, when there is nothing to respond to. */
export async function tell(
  parts: IntakeParts,
  { installation, user }: Scene,
  { channel, ts }: Pick<Spot, 'channel' | 'ts'>,
  message: Message,
): Promise<void> {
  const client = await parts.web.client(installation);
  for (const page of render(parts, message)) {
    if (isDirect(channel)) await client.chat.postMessage({ channel, ...page });
    else await client.chat.postEphemeral({ channel, user, ...page, ...(ts === undefined ? {} : { thread_ts: ts }) });
  }
}

/** Tells one person something in their direct messages. */
export async function tellDirectly(parts: IntakeParts, scene: Scene, message: Message): Promise<void> {
  const client = await parts.web.client(scene.installation);
  const { channel } = await client.conversations.open({ users: scene.user });
  await tell(parts, scene, { channel: channel?.id ?? '', ts: undefined }, message);
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
