import type { RespondFn } from '@slack/bolt';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Locale } from '../../src/text/locale.ts';
import { isAboutBlocks, readFault } from './faults.ts';
import { type IntakeParts, phraseMessage, render } from './intake.ts';
import { renderPlain } from './plain.ts';
import type { Payload } from './render.ts';
import type { Scene } from './scene.ts';
import { isDirect, type Spot } from './spot.ts';

/** Where something is shown in answer to an interaction. */
export interface Showing {
  readonly scene: Scene;
  /** Absent where nothing can be answered, as on a home tab or in a modal. */
  readonly respond: RespondFn | undefined;
  readonly threadTs: string | undefined;
}

/** Where an act cannot be answered in its place. */
export function directly(scene: Scene): Showing {
  return { scene, respond: undefined, threadTs: undefined };
}

/**
 * Shows a message to the person who acted, or to everybody; `replace` puts it in the place of what was pressed. Where
 * Slack takes no answer there any more, the person gets it directly.
 */
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
  try {
    await respond({ ...first, ...thread, response_type, replace_original: how === 'replace' });
    for (const page of more) await respond({ ...page, ...thread, response_type, replace_original: false });
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'slack: response URL refused');
    await tellDirectly(parts, scene, message);
  }
}

/** Tells one person something where they wrote, when there is nothing to respond to; directly where Slack refuses it there. */
export async function tell(
  parts: IntakeParts,
  scene: Scene,
  { channel, ts }: Pick<Spot, 'channel' | 'ts'>,
  message: Message,
): Promise<void> {
  if (isDirect(channel)) return postTo(parts, scene, channel, message);
  const client = await parts.web.client(scene.installation);
  const thread = ts === undefined ? {} : { thread_ts: ts };
  try {
    for (const page of render(parts, message))
      await client.chat.postEphemeral({ channel, user: scene.user, ...page, ...thread });
  } catch (error) {
    parts.log.warn({ channel, fault: readFault(error) }, 'slack: not told in the channel');
    await tellDirectly(parts, scene, message);
  }
}

/** Tells one person something in their direct messages. */
export async function tellDirectly(parts: IntakeParts, scene: Scene, message: Message): Promise<void> {
  const client = await parts.web.client(scene.installation);
  const { channel } = await client.conversations.open({ users: scene.user });
  await postTo(parts, scene, channel?.id ?? '', message);
}

async function postTo(parts: IntakeParts, scene: Scene, channel: string, message: Message): Promise<void> {
  const client = await parts.web.client(scene.installation);
  const post = async (pages: readonly Payload[]) => {
    for (const page of pages)
      await client.chat.postMessage({ channel, ...page, unfurl_links: false, unfurl_media: false });
  };
  try {
    await post(render(parts, message));
  } catch (error) {
    const fault = readFault(error);
    if (!isAboutBlocks(fault)) throw error;
    parts.log.error({ channel, reason: fault.error }, 'slack: blocks refused, sent as plain text');
    await post(renderPlain(new Words(parts.knowledge(), message.locale), message, parts.expandKey));
  }
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
