import type { App } from '@slack/bolt';
import { readStartAddress } from '../../src/message/address.ts';
import type { Outcome } from '../../src/service/bot.ts';
import { committing, type IntakeParts, originOf, phraseMessage, readPayload, type Showing, show } from './intake.ts';
import { openForm } from './intake-forms.ts';
import { BlockActions } from './payloads.ts';
import { readActionId } from './render-buttons.ts';
import { interactionScene } from './scene.ts';
import { isDirect, writeSpot } from './spot.ts';

/** Buttons and menus, on cards and in threads. The turn is committed before the `ack`: what Slack was told is kept. */
export function listenForPresses(app: App, parts: IntakeParts): void {
  app.action(/^(press|form)\./, async ({ ack, body, respond }) => {
    const press = readPayload(parts, BlockActions, body);
    const [action] = press?.actions ?? [];
    const id = readActionId(action?.action_id ?? '');
    const address = action?.selected_option?.value ?? action?.value;
    if (press === undefined || id === undefined || address === undefined) return ack();

    const scene = interactionScene(press);
    const threadTs = press.container?.thread_ts ?? press.message?.thread_ts;
    const channel = press.channel?.id ?? '';
    const venue = writeSpot({
      installation: scene.installation,
      channel,
      ts: isDirect(channel) ? undefined : threadTs,
    });
    const origin = originOf(scene, { receipt: `slack:${press.trigger_id}`, venue, locale: id.locale });
    const showing: Showing = { respond, threadTs };

    const form =
      id.kind === 'form'
        ? await committing(parts, id.locale, showing, () => parts.bot.formAt(address, id.locale))
        : undefined;
    if (form !== undefined) {
      await ack();
      return openForm(parts, scene, press.trigger_id, form, { venue, showing });
    }
    const outcome = await committing(parts, id.locale, showing, () => parts.bot.press(origin, address));
    await ack();
    const own = press.container?.is_ephemeral === true || isDirect(channel);
    parts.afterwards.run('outcome of a press', async () => {
      await showOutcome(parts, showing, outcome, own);
      if (outcome.kind === 'turned' && own && readStartAddress(address) !== undefined) {
        await show(parts, showing, phraseMessage(parts, outcome.conversation.locale, 'begun'), 'privately');
      }
      await parts.people.learn(scene);
    });
  });
}

/** A turn is shown by the outbox. A card takes the place of the actor's own card, never of one that others see. */
async function showOutcome(parts: IntakeParts, showing: Showing, outcome: Outcome, own: boolean): Promise<void> {
  switch (outcome.kind) {
    case 'card':
      return show(parts, showing, outcome.message, outcome.shared ? 'to-all' : own ? 'replace' : 'privately');
    case 'refused':
      return show(parts, showing, outcome.message, 'privately');
    case 'turned':
    case 'duplicate':
      return;
    default:
      return outcome satisfies never;
  }
}
