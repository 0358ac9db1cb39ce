import { commandData, type OptionValue, offeredCommand, pickedValues, toFile, type Upload } from './command-input.ts';
import { flatten, withIds } from './components.ts';
import { type Act, type Actor, sendInteraction } from './interaction-payloads.ts';
import { callbackType, interactionType } from './interactions.ts';
import { type JsonObject, objectsIn, textIn } from './json.ts';
import { messageFlags } from './message-limits.ts';
import { blank, type PeerMessage, storeFiles, storeMessage } from './messages.ts';
import { type FieldValue, modalData, type OpenModal } from './modal-input.ts';
import { openDirectChannel } from './routes/account-routes.ts';
import type { PeerState } from './state.ts';
import type { PeerChannel, Thread } from './world.ts';

const MESSAGE_COMMAND = 3;
const LINK_STYLE = 5;

/** What the bot answered first, and what became of it. */
export interface Answer {
  readonly interactionId: string;
  /** Discord's callback type: 4 message, 5 deferral, 6 silent, 7 update, 8 choices, 9 modal. */
  readonly type: number;
  readonly data: JsonObject;
  /** From the interaction to the answer, by the peer's clock. */
  readonly ms: number;
  readonly ephemeral: boolean;
  /** The form, when the answer is one. */
  readonly modal?: OpenModal;
  /** The message of the answer as it stands now: the new one, or the pressed one after an update. */
  original(): PeerMessage | undefined;
  followUps(): readonly PeerMessage[];
}

export interface How {
  /** The interaction happened so long ago; past 3,000 no answer counts and the call rejects. */
  readonly lateMs?: number;
  /** Real time to wait for an answer; 5,000 unless given. */
  readonly timeoutMs?: number;
}

/** What a message holds beside its text: the embeds of a program, what it forwards. */
export interface Enclosed {
  readonly embeds?: readonly JsonObject[];
  readonly message_reference?: JsonObject;
  readonly message_snapshots?: readonly JsonObject[];
}

/** Somebody using Discord's client. Each act resolves to the bot's first answer, or rejects when none comes. */
export interface Person {
  readonly id: string;
  readonly name: string;
  slash(
    channelId: string,
    command: string,
    options?: Readonly<Record<string, OptionValue>>,
    how?: How,
  ): Promise<Answer>;
  /** The last of `options` is being typed; the choices are in `data.choices`. */
  autocomplete(
    channelId: string,
    command: string,
    options: Readonly<Record<string, OptionValue>>,
    how?: How,
  ): Promise<Answer>;
  messageCommand(message: PeerMessage, command: string, how?: How): Promise<Answer>;
  press(message: PeerMessage, customIdOrLabel: string, how?: How): Promise<Answer>;
  select(message: PeerMessage, customId: string, values: readonly string[], how?: How): Promise<Answer>;
  submitModal(modal: OpenModal, values: Readonly<Record<string, FieldValue>>, how?: How): Promise<Answer>;
  /** Writes a message without the bot in it: the bot receives it empty. */
  say(channelId: string, text: string, files?: readonly Upload[], more?: Enclosed): PeerMessage;
  /** Writes a message that begins with a mention of the bot. */
  mention(channelId: string, text: string, files?: readonly Upload[]): PeerMessage;
  /** Writes to the bot directly. */
  dm(text: string, files?: readonly Upload[], more?: Enclosed): PeerMessage;
  dmChannelId(): string;
}

export function createPerson(state: PeerState, actor: Actor, modals: Map<string, OpenModal[]>): Person {
  const { user } = actor;
  const channelOf = (id: string): PeerChannel => {
    const channel = state.world.channels.get(id);
    if (channel === undefined) throw new Error(`no channel ${id}`);
    if (channel.type === 1 && channel.recipients.every((one) => one.id !== user.id))
      throw new Error(`${id} is not ${user.username}'s`);
    return channel;
  };

  const act = async (what: Act, how: How = {}): Promise<Answer> => {
    const late = how.lateMs === undefined ? {} : { lateMs: how.lateMs };
    const { id } = sendInteraction(state, actor, { ...what, ...late });
    const answer = await state.journal.waitFor(() => state.ledger.all.get(id)?.answer, how.timeoutMs);
    const answered = state.ledger.all.get(id);
    const current = (messageId: string | undefined): readonly PeerMessage[] => {
      const message = state.world.messages.get(messageId ?? '');
      return message === undefined ? [] : [message];
    };
    const modal = answer.type === callbackType.modal ? openModal(what, user.id, answer.data) : undefined;
    if (modal !== undefined) modals.set(user.id, [...(modals.get(user.id) ?? []), modal]);
    return {
      interactionId: id,
      type: answer.type,
      data: answer.data,
      ms: answer.at - (answered?.createdAt ?? answer.at),
      ephemeral: answered?.ephemeral === true,
      ...(modal === undefined ? {} : { modal }),
      original: () => current(state.ledger.all.get(id)?.originalId)[0],
      followUps: () => (state.ledger.all.get(id)?.followUpIds ?? []).flatMap(current),
    };
  };

  const component = (message: PeerMessage, find: (component: JsonObject) => boolean, wanted: string): JsonObject => {
    const now = state.world.messages.get(message.id);
    const owner = state.world.visibleOnlyTo.get(message.id);
    if (now === undefined || (owner !== undefined && owner !== user.id))
      throw new Error(`${user.username} does not see that message`);
    const all = flatten(now.components).map((placed) => placed.component);
    const found = all.find(find);
    if (found === undefined)
      throw new Error(`no ${wanted} there; there are: ${all.map((one) => one.label ?? one.custom_id).filter(Boolean)}`);
    if (found.disabled === true) throw new Error(`${wanted} is disabled`);
    return found;
  };

  const write = (channel: PeerChannel, content: string, files: readonly Upload[], more: Enclosed = {}): PeerMessage => {
    wake(state, channel, user.id);
    const mentions = content.includes(`<@${state.world.bot.id}>`) ? [state.world.bot] : [];
    const message = { ...blank(state, channel.id, user), content, mentions, ...more };
    const stored = { ...message, attachments: storeFiles(state, channel.id, files.map(toFile)) };
    storeMessage(state, stored, 'MESSAGE_CREATE');
    return stored;
  };

  const onComponent = (message: PeerMessage, data: JsonObject, how?: How): Promise<Answer> =>
    act(
      { type: interactionType.component, channel: channelOf(message.channel_id), data, sourceMessageId: message.id },
      how,
    );

  const command = (
    type: number,
    channelId: string,
    name: string,
    options: Readonly<Record<string, OptionValue>>,
    how?: How,
    focused?: string,
  ) => {
    const channel = channelOf(channelId);
    if ((channel.type === 11 || channel.type === 12) && channel.thread_metadata.archived)
      throw new Error('an archived thread takes no commands');
    const data = commandData(state, channel, offeredCommand(state, channel, actor, name, 1), options, focused);
    return act({ type, channel, data }, how);
  };

  return {
    id: user.id,
    name: user.username,
    slash: async (channelId, name, options = {}, how) =>
      command(interactionType.command, channelId, name, options, how),
    autocomplete: async (channelId, name, options, how) =>
      command(interactionType.autocomplete, channelId, name, options, how, Object.keys(options).at(-1)),
    async messageCommand(message, name, how) {
      const channel = channelOf(message.channel_id);
      const { id } = offeredCommand(state, channel, actor, name, MESSAGE_COMMAND);
      const resolved = { messages: { [message.id]: state.world.messages.get(message.id) } };
      return act(
        {
          type: interactionType.command,
          channel,
          data: { id, name, type: MESSAGE_COMMAND, target_id: message.id, resolved },
        },
        how,
      );
    },
    async press(message, wanted, how) {
      const button = component(
        message,
        (one) => one.type === 2 && (one.custom_id === wanted || one.label === wanted),
        wanted,
      );
      if (button.style === LINK_STYLE) throw new Error(`${wanted} opens a page; the bot does not learn of it`);
      return onComponent(message, { component_type: 2, id: button.id, custom_id: button.custom_id }, how);
    },
    async select(message, customId, values, how) {
      const select = component(message, (one) => one.type === 3 && one.custom_id === customId, customId);
      const data = { component_type: 3, id: select.id, custom_id: customId, values: pickedValues(select, values) };
      return onComponent(message, data, how);
    },
    async submitModal(modal, values, how) {
      const source = modal.sourceMessageId === undefined ? {} : { sourceMessageId: modal.sourceMessageId };
      return act(
        { type: interactionType.modalSubmit, channel: modal.channel, data: modalData(state, modal, values), ...source },
        how,
      );
    },
    say: (channelId, text, files = [], more = {}) => write(channelOf(channelId), text, files, more),
    mention: (channelId, text, files = []) => write(channelOf(channelId), `<@${state.world.bot.id}> ${text}`, files),
    dm: (text, files = [], more = {}) => write(channelOf(openDirectChannel(state, user.id).id), text, files, more),
    dmChannelId: () => openDirectChannel(state, user.id).id,
  };
}

function openModal(what: Act, userId: string, data: JsonObject): OpenModal {
  return {
    customId: textIn(data, 'custom_id') ?? '',
    title: textIn(data, 'title') ?? '',
    components: withIds(objectsIn(data, 'components')),
    userId,
    channel: what.channel,
    ...(what.sourceMessageId === undefined ? {} : { sourceMessageId: what.sourceMessageId }),
  };
}

/** Writing opens an archived thread again and makes the writer a member. */
function wake(state: PeerState, channel: PeerChannel, userId: string): void {
  if (channel.type !== 11 && channel.type !== 12) return;
  if (channel.thread_metadata.locked) throw new Error('the thread is locked');
  state.world.threadMembers.get(channel.id)?.add(userId);
  const open: Thread = { ...channel, thread_metadata: { ...channel.thread_metadata, archived: false } };
  if (channel.thread_metadata.archived) state.world.channels.set(channel.id, open);
}

export function isEphemeral(message: PeerMessage): boolean {
  return (message.flags & messageFlags.ephemeral) !== 0;
}
