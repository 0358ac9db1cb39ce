import { randomBytes } from 'node:crypto';
import type { Interaction } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { botPermissions, everyonePermissions } from './permissions.ts';
import type { PeerState } from './state.ts';
import { guildOf, memberOf, type PeerChannel, type PeerUser } from './world.ts';

const CONTEXT = { guild: 0, botDm: 1 } as const;
const EVERY_PERMISSION = (1n << 53n) - 1n;

/** Who does something, and in which language Discord runs for them. */
export interface Actor {
  readonly user: PeerUser;
  readonly locale: string;
  readonly manager: boolean;
}

/** What a person did: the interaction's type and data, and the message it happened on. */
export interface Act {
  readonly type: number;
  readonly data: JsonObject;
  readonly channel: PeerChannel;
  /** The pressed message for a component, and for the modal that a component opened. */
  readonly sourceMessageId?: string;
  /** How long before now it happened: past 3,000 the first answer comes too late. */
  readonly lateMs?: number;
}

/** Enters an interaction in the ledger and gives it to the gateway. */
export function sendInteraction(state: PeerState, actor: Actor, act: Act): Interaction {
  const createdAt = state.now() - (act.lateMs ?? 0);
  const { type, channel } = act;
  const interaction: Interaction = {
    id: state.newId(createdAt),
    token: randomBytes(24).toString('base64url'),
    type,
    user: actor.user,
    channel,
    createdAt,
    followUpIds: [],
    ...(act.sourceMessageId === undefined ? {} : { sourceMessageId: act.sourceMessageId }),
  };
  state.ledger.save(interaction);
  state.journal.note(
    `INTERACTION_CREATE type ${type} by ${actor.user.username} ${JSON.stringify(act.data).slice(0, 120)}`,
  );
  state.gateway.deliver('INTERACTION_CREATE', payloadOf(state, actor, act, interaction), guildOf(channel));
  return interaction;
}

function payloadOf(state: PeerState, actor: Actor, act: Act, interaction: Interaction): JsonObject {
  const { channel, sourceMessageId } = act;
  const guild = channel.type === 1 ? undefined : state.world.guilds.get(channel.guild_id);
  const permissions = (actor.manager ? EVERY_PERMISSION : everyonePermissions).toString();
  const message = sourceMessageId === undefined ? undefined : state.world.messages.get(sourceMessageId);
  const place =
    guild === undefined
      ? { user: actor.user, context: CONTEXT.botDm, authorizing_integration_owners: { 0: '0' } }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...memberOf(state.world, actor.user), permissions },
          context: CONTEXT.guild,
          authorizing_integration_owners: { 0: guild.id },
        };
  return {
    id: interaction.id,
    application_id: state.applicationId,
    type: act.type,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channel, permissions },
    locale: actor.locale,
    app_permissions: (botPermissions(state.world, channel) & EVERY_PERMISSION).toString(),
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
    data: act.data,
    ...place,
    ...(message === undefined ? {} : { message }),
  };
}
