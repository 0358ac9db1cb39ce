import type { App } from '@slack/bolt';
import type { Workspace } from '../../src/conversation/workspace.ts';
import { placeKinds } from '../../src/conversation/workspace.ts';
import { Words } from '../../src/message/phrases.ts';
import { localeFromTag, locales } from '../../src/text/locale.ts';
import { type IntakeParts, phraseMessage, readPayload } from './intake.ts';
import { ViewSubmission } from './payloads.ts';
import { fieldAction } from './render-form.ts';
import { settingFields, settingsCallback } from './render-settings.ts';
import { interactionScene } from './scene.ts';
import { tellDirectly } from './show.ts';
import { workspaceOf } from './standing.ts';

/** The settings an administrator sends. Who may is checked here too: the button is only hidden from others. */
export function listenForSettings(app: App, parts: IntakeParts): void {
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
    await parts.workspaces.save(workspaceOf(scene), readSettings(submitted));
    await ack();
    parts.log.info({ workspace: workspaceOf(scene), by: scene.user }, 'slack: settings changed');
    parts.afterwards.run('settings saved', () =>
      tellDirectly(parts, scene, phraseMessage(parts, locale, 'settings-saved')),
    );
  });
}

function readSettings({ view }: ViewSubmission): Workspace {
  const entry = (field: string) => view.state.values[field]?.[fieldAction];
  const locale = locales.find((each) => each === entry(settingFields.language)?.selected_option?.value);
  const place = placeKinds.find((each) => each === entry(settingFields.place)?.selected_option?.value);
  const agents = entry(settingFields.agents)?.selected_users ?? [];
  const leads = entry(settingFields.leads)?.selected_users ?? [];
  const agentChannel = entry(settingFields.channel)?.selected_conversation ?? undefined;
  return {
    ...(locale === undefined ? {} : { locale }),
    ...(place === undefined ? {} : { place }),
    ...(agents.length === 0 ? {} : { agents }),
    ...(leads.length === 0 ? {} : { leads }),
    ...(agentChannel === undefined ? {} : { agentChannel }),
  };
}
