import type { App } from '@slack/bolt';
import { diagnoseShortcut } from './app-definition.ts';
import { readFiles, unreadMessages } from './files.ts';
import { type IntakeParts, phraseMessage, readPayload } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { MessageShortcut } from './payloads.ts';
import { platform } from './platform.ts';
import { interactionScene } from './scene.ts';
import { committing, type Showing, show } from './show.ts';
import { isDirect, type Spot, writeSpot } from './spot.ts';
import { localeFor, originOf } from './standing.ts';

/** *Diagnose this message*: opens a conversation from somebody's message, in its thread. */
export function listenForShortcuts(app: App, parts: IntakeParts): void {
  app.shortcut(diagnoseShortcut, async ({ ack, body, respond }) => {
    const shortcut = readPayload(parts, MessageShortcut, body);
    if (shortcut === undefined) return ack();
    const { channel, message, trigger_id } = shortcut;
    const scene = interactionScene(shortcut);
    const direct = isDirect(channel.id);
    const ts = direct ? undefined : (message.thread_ts ?? message.ts);
    const spot: Spot = { installation: scene.installation, channel: channel.id, ts };
    const showing: Showing = { scene, respond, threadTs: ts };

    const files = await readFiles(parts, scene.installation, message.files ?? []);
    const text = [readMessageText(message.text), ...files.texts].filter((part) => part !== '').join('\n');
    const locale = await localeFor(parts, scene);
    const outcome = await committing(parts, locale, showing, async () => {
      if (text === '' && files.unread.length > 0) return undefined;
      const origin = await originOf(parts, scene, { receipt: `slack:${trigger_id}`, spot });
      const held = direct ? undefined : await parts.places.conversationAt(platform, 'thread', writeSpot(spot));
      return held === undefined ? parts.bot.open(origin, text) : parts.bot.write(origin, held, text);
    });
    await ack();
    parts.afterwards.run('outcome of a shortcut', async () => {
      if (outcome?.kind === 'card' || outcome?.kind === 'refused')
        await show(parts, showing, outcome.message, 'privately');
      else if (outcome?.kind === 'turned')
        await show(parts, showing, phraseMessage(parts, outcome.conversation.locale, 'begun'), 'privately');
      for (const unread of unreadMessages(parts, locale, files)) await show(parts, showing, unread, 'privately');
      await parts.people.learn(scene);
    });
  });
}
