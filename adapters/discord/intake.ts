import { type BaseInteraction, GuildMember, type User } from 'discord.js';
import type { Actor } from '../../src/conversation/event.ts';
import type { Workspace } from '../../src/conversation/workspace.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { Bot, Origin } from '../../src/service/bot.ts';
import { type Locale, localeFromTag } from '../../src/text/locale.ts';
import type { Values } from '../../src/text/sentence.ts';
import type { Workspaces } from '../configured-workspaces.ts';
import type { Announcements } from './announcements.ts';
import type { AnswerParts } from './first-answer.ts';
import { platform, workspaceOf, writeSpot } from './place.ts';
import type { Render } from './send.ts';

/** What every kind of intake works with. */
export interface IntakeParts extends AnswerParts {
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly workspaces: Workspaces;
  readonly knowledge: () => Knowledge;
  readonly render: Render;
  readonly announcements: Announcements;
  readonly log: Log;
}

/** Who acted where, as Discord says it of an interaction or a message. */
interface Scene {
  readonly id: string;
  readonly user: User;
  readonly member: { readonly roles: unknown } | null;
  readonly guildId: string | null;
  readonly channelId: string | null;
  readonly channel: { readonly parentId?: string | null; isThread(): boolean } | null;
}

/** Everything the bot asks about an act. `locale`: the first of the person's own, the workspace's, the guild's. */
export async function originOf(
  parts: IntakeParts,
  scene: Scene,
  tags: readonly (string | undefined)[],
  spoken?: Locale,
): Promise<Origin> {
  const workspace = workspaceOf(scene.guildId);
  const settings = await settingsOf(parts, workspace);
  const [own, ...others] = tags.map(localeFromTag);
  const locale = spoken ?? settings.locale ?? own ?? others.find((each) => each !== undefined) ?? 'en';
  return {
    receipt: `${platform}:${scene.id}`,
    actor: actorOf(scene, settings),
    workspace,
    venue: writeSpot({ guild: scene.guildId ?? undefined, channel: homeOf(scene) }),
    locale,
  };
}

/** Without its settings a workspace is served as by default: what needs the store says so itself, when it commits. */
async function settingsOf({ workspaces, log }: IntakeParts, workspace: string): Promise<Workspace> {
  try {
    return await workspaces.load(workspace);
  } catch (error) {
    log.error({ workspace, reason: String(error) }, 'discord: settings could not be read');
    return {};
  }
}

/** The languages an interaction names, the person's first. */
export function languagesOf({ locale, guildLocale }: BaseInteraction): readonly (string | undefined)[] {
  return [locale, guildLocale ?? undefined];
}

function actorOf({ user, member }: Scene, { agents = [], leads = [] }: Workspace): Actor {
  const ids = [user.id, ...rolesOf(member)];
  const among = (list: readonly string[]) => ids.some((id) => list.includes(id));
  return { id: user.id, role: among(leads) ? 'lead' : among(agents) ? 'agent' : 'user' };
}

function rolesOf(member: Scene['member']): readonly string[] {
  if (member instanceof GuildMember) return [...member.roles.cache.keys()];
  return Array.isArray(member?.roles) ? member.roles.map(String) : [];
}

/** The channel a conversation is opened in: of a thread, the channel it belongs to, since threads hold no threads. */
function homeOf({ channel, channelId }: Scene): string {
  return (channel?.isThread() === true ? channel.parentId : channelId) ?? '';
}

/** One of the bot's own sentences as a message. */
export function phraseMessage({ knowledge }: IntakeParts, locale: Locale, phrase: Phrase, values?: Values): Message {
  return { locale, blocks: [{ kind: 'paragraph', spans: new Words(knowledge(), locale).say(phrase, values) }] };
}
