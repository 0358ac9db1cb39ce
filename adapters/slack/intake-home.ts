import type { App } from '@slack/bolt';
import { z } from 'zod';
import { Words } from '../../src/message/phrases.ts';
import { localeFromTag } from '../../src/text/locale.ts';
import { type IntakeParts, readPayload } from './intake.ts';
import { savingForm } from './intake-forms.ts';
import { openRequestsOf, withPlaces } from './open-requests.ts';
import { openView } from './open-view.ts';
import { BlockActions, EventBody, ViewSubmission } from './payloads.ts';
import { fieldAction } from './render-form.ts';
import { askAction, askCallback, askField, languageAction, renderAsk, renderHome } from './render-home.ts';
import { eventScene, interactionScene, type Scene } from './scene.ts';
import { committing, directly, tellDirectly } from './show.ts';
import { localeFor, originOf, workspaceOf } from './standing.ts';

const HomeOpened = z.object({ type: z.literal('app_home_opened'), user: z.string(), tab: z.string() });

/** The home tab and the new request that begins there. */
export function listenForHome(app: App, parts: IntakeParts): void {
  app.event('app_home_opened', async ({ body, event }) => {
    const envelope = readPayload(parts, EventBody, body);
    const opened = HomeOpened.safeParse(event).data;
    if (envelope === undefined || opened?.tab !== 'home') return;
    const scene = eventScene(envelope, { user: opened.user });
    parts.afterwards.run('home tab', () => publishHome(parts, scene));
  });

  app.action(askAction, async ({ ack, body }) => {
    const press = readPayload(parts, BlockActions, body);
    await ack();
    if (press === undefined) return;
    const scene = interactionScene(press);
    const words = new Words(parts.knowledge(), await localeFor(parts, scene));
    const { locale } = words;
    parts.afterwards.run('new request', () =>
      openView(parts, press.trigger_id, renderAsk(words), { showing: directly(scene), locale }),
    );
  });

  app.view(askCallback, async ({ ack, body }) => {
    const submitted = readPayload(parts, ViewSubmission, body);
    if (submitted === undefined) return ack();
    const scene = interactionScene(submitted);
    const locale = localeFromTag(submitted.view.private_metadata) ?? 'en';
    const text = submitted.view.state.values[askField]?.[fieldAction]?.value ?? '';
    const spot = { installation: scene.installation, channel: '', ts: undefined };
    const receipt = `slack:${submitted.trigger_id}`;
    const outcome = await savingForm(parts, locale, ack, askField, async () =>
      parts.bot.open(await originOf(parts, scene, { receipt, spot, locale }), text),
    );
    if (outcome === undefined) return;
    await ack();
    parts.afterwards.run('outcome of a new request', async () => {
      if ('message' in outcome) await tellDirectly(parts, scene, outcome.message);
      await publishHome(parts, scene);
    });
  });

  app.action(languageAction, async ({ ack, body }) => {
    const press = readPayload(parts, BlockActions, body);
    const locale = localeFromTag(press?.actions[0]?.value);
    if (press === undefined || locale === undefined) return ack();
    const scene = interactionScene(press);
    const choose = () => parts.preferences.choose(workspaceOf(scene), scene.user, locale);
    await committing(parts, locale, directly(scene), choose);
    await ack();
    parts.afterwards.run('home tab', () => publishHome(parts, scene));
  });

  // A button that only leads to an address is a press too.
  app.action(/^home\.open\./, async ({ ack }) => ack());
}

async function publishHome(parts: IntakeParts, scene: Scene): Promise<void> {
  const person = await parts.people.learn(scene);
  const requests = await withPlaces(parts, await openRequestsOf(parts, scene));
  const words = new Words(parts.knowledge(), await localeFor(parts, scene));
  const client = await parts.web.client(scene.installation);
  await client.views.publish({ user_id: scene.user, view: renderHome(words, requests, person?.isAdmin === true) });
}
