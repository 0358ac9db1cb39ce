import type { Actor } from '../../src/conversation/event.ts';
import type { Workspace } from '../../src/conversation/workspace.ts';
import type { Origin } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import { isGroup } from './groups.ts';
import type { IntakeParts } from './intake.ts';
import { platform } from './platform.ts';
import type { Scene } from './scene.ts';
import { directWith, isDirect, type Spot, writeSpot } from './spot.ts';

interface Origination {
  readonly receipt: string;
  readonly spot: Spot;
  readonly locale?: Locale;
  readonly contract?: boolean;
}

/** The tenant of an actor: their own team, also in a channel that is shared with ours. */
export function workspaceOf({ team }: Scene): string {
  return `${platform}:${team}`;
}

/** The language to answer in when no text tells: the one the person chose, else their own, else the workspace's. */
export async function localeFor(parts: IntakeParts, scene: Scene): Promise<Locale> {
  return (await ownLocale(parts, scene)) ?? (await settingsOf(parts, scene)).locale ?? 'en';
}

/**
 * Who acted, with the role their workspace gives them, and where a conversation that begins here is held. Without `locale`
 * it is the one to answer in when no text tells. `contract`: what comes of it may show contract data, so Slack is asked
 * whether a guest acts where that is not known.
 */
export async function originOf(
  parts: IntakeParts,
  scene: Scene,
  { receipt, spot, locale, contract = false }: Origination,
): Promise<Origin> {
  const settings = await settingsOf(parts, scene);
  const [role, guest] = await Promise.all([
    roleOf(parts, settings, scene),
    contract ? parts.people.isGuest(scene) : parts.people.seemsGuest(scene),
  ]);
  return {
    receipt,
    actor: { id: scene.user, role, ...(guest ? { guest } : {}) },
    workspace: workspaceOf(scene),
    venue: writeSpot(roomFor(settings, scene, spot)),
    locale: locale ?? (await ownLocale(parts, scene)) ?? settings.locale ?? 'en',
  };
}

/** The language the person chose, else their own where it is known. */
async function ownLocale({ preferences, people }: IntakeParts, scene: Scene): Promise<Locale | undefined> {
  return (await preferences.localeOf(workspaceOf(scene), scene.user)) ?? people.localeOf(scene);
}

async function roleOf({ groups }: IntakeParts, settings: Workspace, scene: Scene): Promise<Actor['role']> {
  const isAmong = async (ids: readonly string[] = []) =>
    ids.includes(scene.user) || groups.hasActor(scene, ids.filter(isGroup));
  const [lead, agent] = await Promise.all([isAmong(settings.leads), isAmong(settings.agents)]);
  return lead ? 'lead' : agent ? 'agent' : 'user';
}

/** Where nothing can be read from, as on the home tab, and where the workspace wants it: a direct conversation. */
function roomFor({ place }: Workspace, { installation, user }: Scene, spot: Spot): Spot {
  if (isDirect(spot.channel)) return { ...spot, ts: undefined };
  const direct = spot.channel === '' || place === 'direct';
  return direct ? { installation, channel: directWith(user), ts: undefined } : spot;
}

function settingsOf({ workspaces }: IntakeParts, scene: Scene): Promise<Workspace> {
  return workspaces.load(workspaceOf(scene));
}
