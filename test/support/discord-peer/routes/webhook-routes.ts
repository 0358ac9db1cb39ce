import { refusals } from '../api-error.ts';
import type { ApiRequest, Route } from '../http-server.ts';
import type { Interaction } from '../interactions.ts';
import { numberIn } from '../json.ts';
import { messageFlags } from '../message-limits.ts';
import { editMessage, type PeerMessage } from '../messages.ts';
import type { PeerState } from '../state.ts';
import { postAnswer } from './callback-routes.ts';
import { deleteMessage } from './message-routes.ts';

/** What an interaction's token allows after the first answer: follow-ups, and reading, editing and deleting them. */
export function webhookRoutes(state: PeerState): readonly Route[] {
  const path = '/webhooks/:webhook_id/:webhook_token';
  return [
    {
      method: 'POST',
      path,
      auth: 'interaction',
      handle: (request) => ({ status: 200, body: followUp(state, request) }),
    },
    ...[`${path}/messages/@original`, `${path}/messages/:message_id`].flatMap((one): readonly Route[] => [
      {
        method: 'GET',
        path: one,
        auth: 'interaction',
        handle: (request) => ({ status: 200, body: messageOf(state, request) }),
      },
      {
        method: 'PATCH',
        path: one,
        auth: 'interaction',
        handle: (request) => ({
          status: 200,
          body: editMessage(state, messageOf(state, request), request.body, request.files),
        }),
      },
      {
        method: 'DELETE',
        path: one,
        auth: 'interaction',
        handle: (request) => {
          deleteMessage(state, messageOf(state, request));
          return { status: 204 };
        },
      },
    ]),
  ];
}

/** The first follow-up to a deferral takes its place and keeps its visibility; later ones decide for themselves. */
function followUp(state: PeerState, request: ApiRequest): PeerMessage {
  const interaction = interactionOf(state, request);
  const original = state.world.messages.get(interaction.originalId ?? '');
  if (original !== undefined && (original.flags & messageFlags.loading) !== 0) {
    return editMessage(state, original, request.body, request.files);
  }
  const visibility = (numberIn(request.body, 'flags') ?? 0) & messageFlags.ephemeral;
  const message = postAnswer(state, interaction, request.body, request.files, visibility);
  state.ledger.save({ ...interaction, followUpIds: [...interaction.followUpIds, message.id] });
  return message;
}

function interactionOf(state: PeerState, { params }: ApiRequest): Interaction {
  return state.ledger.forFollowUp(params.webhook_id ?? '', params.webhook_token ?? '');
}

function messageOf(state: PeerState, request: ApiRequest): PeerMessage {
  const interaction = interactionOf(state, request);
  const id = request.params.message_id ?? interaction.originalId ?? '';
  const mine = id === interaction.originalId || interaction.followUpIds.includes(id);
  const message = mine ? state.world.messages.get(id) : undefined;
  if (message === undefined) throw refusals.unknownMessage();
  return message;
}
