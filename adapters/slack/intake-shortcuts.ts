import type { App } from '@slack/bolt';
import { diagnoseShortcut } from './app-definition.ts';
import { platform } from './deliver.ts';
import { readFiles } from './files.ts';
import { committing, type IntakeParts, originOf, phraseMessage, readPayload, type Showing, show } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { MessageShortcut } from './payloads.ts';
import { interactionScene } from './scene.ts';
import { isDirect, writeSpot } from './spot.ts';

/** *Diagnose this message*: opens a conversation from somebody's message, in its thread. */
export function listenForShortcuts(app: App, parts: IntakeParts): void {
  app.shortcut(diagnoseShortcut, async ({ ack, body, respond }) => {
    const shortcut = readPayload(parts, MessageShortcut, body);
    if (shortcut === undefined) return ack();
    const { channel, message } = shortcut;
    const scene = interactionScene(shortcut);
    const spot = { installation: scene.installation, channel: channel.id, ts: message.thread_ts ?? message.ts };
    const venue = writeSpot({ ...spot, ts: isDirect(channel.id) ? undefined : spot.ts });
    const locale = parts.people.localeOf(scene);
    const origin = originOf(scene, { receipt: `slack:${shortcut.trigger_id}`, venue, locale });
    const showing: Showing = { respond, threadTs: isDirect(channel.id) ? undefined : spot.ts };

    const { texts } = await readFiles(parts, scene.installation, message.files ?? []);
    const text = [readMessageText(message.text), ...texts].join('\n');
    const outcome = await committing(parts, locale, showing, async () => {
      const held = await parts.places.conversationAt(platform, 'thread', venue);
      return held === undefined ? parts.bot.open(origin, text) : parts.bot.write(origin, held, text);
    });
    await ack();
    parts.afterwards.run('outcome of a shortcut', async () => {
      if (outcome.kind === 'card' || outcome.kind === 'refused')
        await show(parts, showing, outcome.message, 'privately');
      else if (outcome.kind === 'turned')
        await show(parts, showing, phraseMessage(parts, outcome.conversation.locale, 'begun'), 'privately');
      await parts.people.learn(scene);
    });
  });
}
