import type { App } from '@slack/bolt';
import type { Workspace } from '../../src/conversation/workspace.ts';
import { placeKinds } from '../../src/conversation/workspace.ts';
import { Words } from '../../src/message/phrases.ts';
import { localeFromTag, locales } from '../../src/text/locale.ts';
import { isGroup } from './groups.ts';
import { type IntakeParts, phraseMessage, readPayload } from './intake.ts';
import { savingForm } from './intake-forms.ts';
import { paces } from './limits.ts';
import { openView } from './open-view.ts';
import { BlockActions, ViewSubmission } from './payloads.ts';
import { fieldAction } from './render-form.ts';
import { settingsAction } from './render-home.ts';
import { renderSettings, settingFields, settingsCallback } from './render-settings.ts';
import { interactionScene } from './scene.ts';
import { directly, tellDirectly } from './show.ts';
import { localeFor, workspaceOf } from './standing.ts';
import { within } from './within.ts';

/** The settings, opened from the home tab and sent by an administrator. Who may is checked here: the button is only hidden from others. */
export function listenForSettings(app: App, parts: IntakeParts): void {
  app.action(settingsAction, async ({ ack, body }) => {
    const press = readPayload(parts, BlockActions, body);
    await ack();
    if (press === undefined) return;
    const scene = interactionScene(press);
    const workspace = workspaceOf(scene);
    const [settings, locale] = await Promise.all([parts.workspaces.load(workspace), localeFor(parts, scene)]);
    parts.afterwards.run('settings', async () => {
      // A trigger lives three seconds, and the settings are worth more than the groups.
      const groups = (await within(paces.askBeforeAckMs, parts.groups.list(scene))) ?? [];
      const configured = parts.workspaces.configured(workspace);
      const view = renderSettings(new Words(parts.knowledge(), locale), settings, groups, configured);
      await openView(parts, press.trigger_id, view, { showing: directly(scene), locale });
    });
  });

  app.view(settingsCallback, async ({ ack, body }) => {
    const submitted = readPayload(parts, ViewSubmission, body);
    if (submitted === undefined) return ack();
    const scene = interactionScene(submitted);
    const locale = localeFromTag(submitted.view.private_metadata) ?? 'en';
    const person = await parts.people.learn(scene);
    if (person?.isAdmin !== true) {
      const says = new Words(parts.knowledge(), locale).label('settings-admins');
      return ack({ response_action: 'errors', errors: { [settingFields.language]: says } });
    }
    const workspace = workspaceOf(scene);
    const saved = await savingForm(parts, locale, ack, settingFields.language, async () => {
      await parts.workspaces.save(workspace, readSettings(submitted, await parts.workspaces.load(workspace)));
      return true;
    });
    if (saved !== true) return;
    await ack();
    parts.log.info({ workspace, by: scene.user }, 'slack: settings changed');
    parts.afterwards.run('settings saved', () =>
      tellDirectly(parts, scene, phraseMessage(parts, locale, 'settings-saved')),
    );
  });
}

function readSettings({ view }: ViewSubmission, before: Workspace): Workspace {
  const entry = (field: string) => view.state.values[field]?.[fieldAction];
  const locale = locales.find((each) => each === entry(settingFields.language)?.selected_option?.value);
  const place = placeKinds.find((each) => each === entry(settingFields.place)?.selected_option?.value);
  // Groups that could not be offered stay.
  const chosen = (people: string, groups: string, earlier: readonly string[] = []) => [
    ...(entry(people)?.selected_users ?? []),
    ...(view.blocks.some(({ block_id }) => block_id === groups)
      ? (entry(groups)?.selected_options ?? []).map(({ value }) => value)
      : earlier.filter(isGroup)),
  ];
  const agents = chosen(settingFields.agents, settingFields.agentGroups, before.agents);
  const leads = chosen(settingFields.leads, settingFields.leadGroups, before.leads);
  const agentChannel = entry(settingFields.channel)?.selected_conversation ?? undefined;
  return {
    ...(locale === undefined ? {} : { locale }),
    ...(place === undefined ? {} : { place }),
    ...(agents.length === 0 ? {} : { agents }),
    ...(leads.length === 0 ? {} : { leads }),
    ...(agentChannel === undefined ? {} : { agentChannel }),
  };
}
