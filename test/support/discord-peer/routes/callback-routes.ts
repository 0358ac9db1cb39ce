import { refusals } from '../api-error.ts';
import { problemsInModal } from '../component-limits.ts';
import type { ApiReply, ApiRequest, Route } from '../http-server.ts';
import { callbackType, type Interaction, interactionType } from '../interactions.ts';
import { type JsonObject, numberIn, objectIn, objectsIn } from '../json.ts';
import { messageFlags } from '../message-limits.ts';
import { blank, editMessage, type PeerMessage, postMessage, storeMessage } from '../messages.ts';
import type { PeerState } from '../state.ts';

/** The first answer to an interaction. */
export function callbackRoutes(state: PeerState): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/interactions/:interaction_id/:interaction_token/callback',
      auth: 'interaction',
      handle: (request) => answerInteraction(state, request),
    },
  ];
}

function answerInteraction(state: PeerState, { params, query, body, files }: ApiRequest): ApiReply {
  const interaction = state.ledger.forCallback(params.interaction_id ?? '', params.interaction_token ?? '');
  const type = numberIn(body, 'type') ?? 0;
  const data = objectIn(body, 'data') ?? {};
  if (!answersAllowedFor(interaction).includes(type)) {
    throw refusals.invalidBody([
      {
        path: 'type',
        code: 'BASE_TYPE_CHOICES',
        message: `type ${type} cannot answer an interaction of type ${interaction.type}`,
      },
    ]);
  }
  const message = applyAnswer(state, interaction, type, data, files);
  const ephemeral = message !== undefined && (message.flags & messageFlags.ephemeral) !== 0;
  const original = message === undefined ? {} : { originalId: message.id };
  state.ledger.save({ ...interaction, answer: { type, data, at: state.now() }, ephemeral, ...original });
  state.journal.note(`answered ${interaction.id} with type ${type}`);
  if (query.get('with_response') !== 'true') return { status: 204 };
  return {
    status: 200,
    body: {
      interaction: { id: interaction.id, type: interaction.type, response_message_id: message?.id },
      resource: { type, ...(message === undefined ? {} : { message }) },
    },
  };
}

function answersAllowedFor(interaction: Interaction): readonly number[] {
  const { message, defer, deferUpdate, update, choices, modal } = callbackType;
  const onSource = interaction.sourceMessageId === undefined ? [] : [deferUpdate, update];
  switch (interaction.type) {
    case interactionType.autocomplete:
      return [choices];
    case interactionType.modalSubmit:
      return [message, defer, ...onSource];
    default:
      return [message, defer, modal, ...onSource];
  }
}

/** Does what the answer says and returns the message that `@original` will mean. */
function applyAnswer(
  state: PeerState,
  interaction: Interaction,
  type: number,
  data: JsonObject,
  files: ApiRequest['files'],
): PeerMessage | undefined {
  switch (type) {
    case callbackType.message:
      return postAnswer(state, interaction, data, files, (numberIn(data, 'flags') ?? 0) & messageFlags.ephemeral);
    case callbackType.defer: {
      const flags = messageFlags.loading | ((numberIn(data, 'flags') ?? 0) & messageFlags.ephemeral);
      const message = { ...blank(state, interaction.channel.id, state.world.bot), ...marks(state, interaction), flags };
      if ((flags & messageFlags.ephemeral) !== 0) state.world.visibleOnlyTo.set(message.id, interaction.user.id);
      storeMessage(state, message, 'MESSAGE_CREATE');
      return message;
    }
    case callbackType.deferUpdate:
      return source(state, interaction);
    case callbackType.update:
      return editMessage(state, source(state, interaction), data, files);
    case callbackType.choices:
      refuseChoices(data);
      return undefined;
    default: {
      const problems = problemsInModal(data);
      if (problems.length > 0) throw refusals.invalidBody(problems);
      return undefined;
    }
  }
}

/** Posts an answer or a follow-up. `visibility` is the ephemeral flag or 0, decided by who calls. */
export function postAnswer(
  state: PeerState,
  interaction: Interaction,
  body: JsonObject,
  files: ApiRequest['files'],
  visibility: number,
): PeerMessage {
  const flags = ((numberIn(body, 'flags') ?? 0) & ~messageFlags.ephemeral) | visibility;
  const only = visibility === 0 ? {} : { onlyFor: interaction.user.id };
  return postMessage(state, {
    channel: interaction.channel,
    body,
    files,
    flags,
    extra: marks(state, interaction),
    ...only,
  });
}

function marks(state: PeerState, interaction: Interaction): JsonObject {
  return {
    application_id: state.applicationId,
    webhook_id: state.applicationId,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: interaction.user,
      authorizing_integration_owners: {},
    },
  };
}

function source(state: PeerState, interaction: Interaction): PeerMessage {
  const message = state.world.messages.get(interaction.sourceMessageId ?? '');
  if (message === undefined) throw refusals.unknownMessage();
  return message;
}

function refuseChoices(data: JsonObject): void {
  const choices = objectsIn(data, 'choices');
  const long = choices.some(
    (choice) => String(choice.name ?? '').length > 100 || String(choice.value ?? '').length > 100,
  );
  if (choices.length > 25 || long) {
    throw refusals.invalidBody([
      { path: 'data.choices', code: 'BASE_TYPE_BAD_LENGTH', message: '25 choices of 100 characters' },
    ]);
  }
}
