import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import { walk } from '../conversation/walk.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans, spansToText } from '../text/span.ts';
import { writeAddress } from './address.ts';
import { paragraph } from './blocks.ts';
import type { Block, Message } from './message.ts';
import type { Words } from './phrases.ts';
import { problemOf } from './tried.ts';

/** One open request and the way to its place, where that is known. */
export interface OpenRequest {
  readonly conversation: Conversation;
  readonly url: string | undefined;
}

/** A person's open requests, newest first, and where each stands; of a single one, a button that asks again there. */
export function presentStanding(words: Words, requests: readonly OpenRequest[], at: string): Message {
  const [only, ...others] = requests;
  const { id, turn } = only?.conversation ?? {};
  const address = { conversation: id ?? '', turn: turn ?? 0, step: 'nav', choice: 'stand' };
  return {
    locale: words.locale,
    blocks: [
      { kind: 'heading', spans: words.say('home-open') },
      ...requests.flatMap((request) => requestBlocks(words, request, at)),
    ],
    ...(only === undefined || others.length > 0
      ? {}
      : { actions: [words.button('stands-here', writeAddress(address), { style: 'primary' })] }),
  };
}

function requestBlocks(words: Words, { conversation, url }: OpenRequest, at: string): readonly Block[] {
  const { facts, round, openedAt } = conversation;
  const code = facts.findLast(({ question, value }) => question === 'error-code' && value !== null)?.value ?? null;
  const problem = problemOf(words, code === null ? null : String(code), round.flow);
  const way: Spans = url === undefined ? [] : [...plain(' '), { kind: 'link', text: words.label('place-link'), url }];
  return [
    paragraph([{ kind: 'strong', text: words.label('home-request', { problem, day: openedAt.slice(0, 10) }) }]),
    paragraph([...whereItStands(words, conversation, at), ...way]),
  ];
}

/** Whoever has it now: a person, the desk, or the requester whose answer is waited for. */
export function whereItStands(words: Words, conversation: Conversation, at: string): Spans {
  if (conversation.claim !== null) return words.say('standing-claimed');
  const handedOff = conversation.handoff === null ? undefined : whereTicketStands(words, conversation.handoff);
  if (handedOff !== undefined) return handedOff;
  const { position } = walk(words.knowledge, conversation, at);
  if (position.kind === 'step') {
    const [question = ''] = position.questions;
    const ask = words.texts.questions[question]?.ask;
    return words.say('standing-asks', {
      question: ask === undefined ? words.questionName(question) : spansToText(fill(ask)),
    });
  }
  const title = words.texts.flows.get(position.flow)?.outcomes[position.outcome.id]?.title;
  return words.say('standing-outcome', { outcome: title === undefined ? '' : spansToText(fill(title)) });
}

/** Undefined where there is no ticket after all. */
function whereTicketStands(words: Words, { stage, ticket }: HandoffState): Spans | undefined {
  switch (stage) {
    case 'cancelled':
      return undefined;
    case 'fix-first':
    case 'gathering':
    case 'preview':
      return words.say('standing-preparing');
    case 'queued':
    case 'delayed':
      return words.say('standing-sending');
    case 'waiting':
      return words.say('standing-desk-waits');
    case 'resolved':
      return words.say('standing-desk-solved');
    case 'key-issued':
      return words.say('standing-key-issued');
    case 'created':
    case 'replied':
    case 'answered':
    case 'reopened':
      return ticket?.number == null
        ? words.say('standing-arrived')
        : words.say('standing-ticket', { ticket: ticket.number });
    case 'held':
    case 'dead':
      return words.say('standing-stuck');
    case 'copied':
      return words.say('standing-copied');
    default:
      return stage satisfies never;
  }
}
