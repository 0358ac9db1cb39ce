import type { Conversation } from '../conversation/conversation.ts';
import type { CaseEffect } from '../handoff/handoff-effect.ts';
import type { Message } from '../message/message.ts';
import type { Delivery, DeliveryContent } from '../ports/outbox.ts';
import { claimWatch } from './claim-watch.ts';
import { deskDestination } from './ticket-destination.ts';

/** An effect of a turn with the message it became; none where an effect is no message. */
export interface Shown {
  readonly effect: CaseEffect;
  readonly message: Message | undefined;
}

export interface DeliveryPlan {
  /** The destination that holds the conversation's place. */
  readonly destination: string;
  readonly conversation: Conversation;
  readonly due: string;
  readonly newDeliveryId: () => string;
}

/**
 * The rows of the outbox for a turn, in order. The chat place, the help desk's channel and a ticket desk each have a lane of
 * their own: one that is down holds back none of the others. So have answered prompts: an answer does not wait for a decoration.
 */
export function deliveriesOf(plan: DeliveryPlan, shown: readonly Shown[]): readonly Delivery[] {
  return shown.map((each) => ({ id: plan.newDeliveryId(), due: plan.due, ...routed(plan, each) }));
}

type Routed = Pick<Delivery, 'lane' | 'destination' | 'content'> & Partial<Pick<Delivery, 'due'>>;

function routed({ destination, conversation }: DeliveryPlan, { effect, message }: Shown): Routed {
  const { id, venue, requester, turn, locale } = conversation;
  const placed = { conversation: id, venue, requester };
  const shown = message ?? { locale, blocks: [] };
  const inPlace = (content: DeliveryContent): Routed => ({ lane: `chat:${id}`, destination, content });
  const toAgents = (content: DeliveryContent): Routed => ({ lane: `agents:${id}`, destination, content });
  switch (effect.kind) {
    case 'open':
    case 'close':
      return inPlace({ ...placed, kind: effect.kind, turn, message: shown });
    case 'settle':
    case 'settle-prompt':
      return {
        lane: `prompts:${id}`,
        destination,
        content: { ...placed, kind: 'settle', turn: effect.turn, message: shown },
      };
    case 'card':
      return effect.how === 'news'
        ? inPlace({ ...placed, kind: 'post', turn, message: shown })
        : inPlace({ ...placed, kind: 'status', anew: effect.how === 'anew', message: shown });
    case 'admit':
      return inPlace({ ...placed, kind: 'admit', person: effect.person });
    case 'call':
      return toAgents({
        ...placed,
        kind: 'call',
        channel: effect.channel,
        anew: effect.anew,
        asks: effect.asks,
        message: shown,
      });
    case 'aside':
      return toAgents({ ...placed, kind: 'aside', channel: effect.channel, message: shown });
    case 'answer-desk':
      return {
        lane: `desk:${effect.to}:${id}`,
        destination: deskDestination(effect.to),
        content: { kind: 'comment', conversation: id, comment: effect.comment },
      };
    case 'watch':
      return {
        lane: `watch:${id}`,
        destination: claimWatch,
        due: effect.until,
        content: { kind: 'watch', conversation: id, claim: effect.claim },
      };
    case 'open-ticket':
      return {
        lane: `desk:${effect.to}:${id}`,
        destination: deskDestination(effect.to),
        content: { kind: 'ticket', conversation: id, ticket: effect.ticket },
      };
    default:
      return inPlace({ ...placed, kind: 'post', turn, message: shown });
  }
}
