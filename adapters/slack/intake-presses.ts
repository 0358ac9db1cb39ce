import type { App } from '@slack/bolt';
import { readStartAddress } from '../../src/message/address.ts';
import type { Outcome } from '../../src/service/bot.ts';
import { mayShowContract } from './contract-data.ts';
import { type IntakeParts, phraseMessage, readPayload } from './intake.ts';
import { openForm } from './intake-forms.ts';
import { BlockActions } from './payloads.ts';
import { readActionId } from './render-buttons.ts';
import { interactionScene } from './scene.ts';
import { committing, type Showing, show } from './show.ts';
import { isDirect, type Spot } from './spot.ts';
import { originOf } from './standing.ts';

/** Buttons and menus, on cards and in threads. The turn is committed before the `ack`: what Slack was told is kept. */
export function listenForPresses(app: App, parts: IntakeParts): void {
  app.action(/^(press|form)\./, async ({ ack, body, respond }) => {
    const press = readPayload(parts, BlockActions, body);
    const [action] = press?.actions ?? [];
    const id = readActionId(action?.action_id ?? '');
    const address = action?.selected_option?.value ?? action?.value;
    if (press === undefined || id === undefined || address === undefined) return ack();

    const scene = interactionScene(press);
    const { kind, locale } = id;
    const threadTs = press.container?.thread_ts ?? press.message?.thread_ts;
    const spot: Spot = { installation: scene.installation, channel: press.channel?.id ?? '', ts: threadTs };
    const showing: Showing = { scene, respond: press.response_url === undefined ? undefined : respond, threadTs };
    const receipt = `slack:${press.trigger_id}`;

    const contract = mayShowContract(address);
    const origin = await committing(parts, locale, showing, () =>
      originOf(parts, scene, { receipt, spot, locale, contract }),
    );
    const form =
      kind === 'form' ? await committing(parts, locale, showing, () => parts.bot.formAt(origin, address)) : undefined;
    if (form !== undefined) {
      await ack();
      return openForm(parts, press.trigger_id, form, { spot, showing });
    }
    const outcome = await committing(parts, locale, showing, () => parts.bot.press(origin, address));
    await ack();
    const own = press.container?.is_ephemeral === true || isDirect(spot.channel);
    parts.afterwards.run('outcome of a press', async () => {
      await showOutcome(parts, showing, outcome, own);
      if (outcome.kind === 'turned' && readStartAddress(address) !== undefined) {
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
    case 'ignored':
      return;
    default:
      return outcome satisfies never;
  }
}
