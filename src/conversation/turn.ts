import type { Knowledge } from '../knowledge/knowledge.ts';
import { readCommand } from '../reading/command.ts';
import { readConsent, readReply } from '../reading/reply.ts';
import { understand } from '../reading/understand.ts';
import { locales } from '../text/locale.ts';
import { firstAnswer } from './answer.ts';
import type { Conversation } from './conversation.ts';
import { Draft } from './draft.ts';
import type { Decision } from './effect.ts';
import type { ConversationEvent, Event } from './event.ts';
import { readForm } from './form.ts';
import { stepQuestions } from './walk.ts';

type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;

const unknownStep: Decision = { kind: 'refused', refusal: 'unknown-step' };

/**
 * Decides what an event means for a conversation. Pure: it may be run again on a newer state of the same conversation.
 * A person's mistake is a `refused`, told to that person alone; a press on an old prompt never is one.
 */
export function takeTurn(
  knowledge: Knowledge,
  conversation: Conversation | undefined,
  event: ConversationEvent,
): Decision {
  if (event.kind === 'started') {
    return conversation === undefined ? begin(knowledge, event) : new Draft(knowledge, conversation, event).advance();
  }
  if (conversation === undefined) return { kind: 'refused', refusal: 'not-open' };
  if (event.kind === 'resumed') return new Draft(knowledge, conversation, event).advance();
  if (!mayAnswer(conversation, event)) return { kind: 'refused', refusal: 'not-yours' };
  switch (event.kind) {
    case 'chose':
      return decideChoice(knowledge, conversation, event);
    case 'filled':
      return decideForm(knowledge, conversation, event);
    case 'wrote':
      return decideText(knowledge, conversation, event);
    default:
      return event satisfies never;
  }
}

/** The requester and the help desk always; others once the requester has let them. */
export function mayAnswer(conversation: Conversation, { actor }: Pick<Event, 'actor'>): boolean {
  return actor.id === conversation.requester || actor.role !== 'user' || conversation.others;
}

function begin(knowledge: Knowledge, event: EventOf<'started'>): Decision {
  const { workspace, venue, locale, opening, at } = event;
  const fresh: Conversation = {
    shape: 1,
    id: event.conversation,
    workspace,
    venue,
    requester: event.actor.id,
    locale,
    turn: 0,
    state: 'open',
    others: false,
    openedAt: at,
    lastAt: at,
    facts: [],
    round: { flow: opening.flow, since: 1 },
    closedRounds: [],
    prompt: null,
    asked: {},
    pending: null,
    person: null,
    handoff: null,
    claim: null,
  };
  const draft = new Draft(knowledge, fresh, event);
  draft.learn(opening.facts.map((fact) => [fact.question, fact.value, fact.origin]));
  draft.open(opening.flow);
  return opening.person === true ? draft.handOver() : draft.advance();
}

function decideChoice(knowledge: Knowledge, conversation: Conversation, event: EventOf<'chose'>): Decision {
  const draft = new Draft(knowledge, conversation, event);
  switch (event.step) {
    case 'nav':
      return navigate(draft, event.choice);
    case 'round':
      if (event.turn >= conversation.round.since) return closeRound(draft, event.choice);
      return event.choice === 'fixed' && conversation.state === 'closed' ? draft.stayClosed() : draft.advance();
    case 'change':
      // A yes under an older warning agrees to what that one said, not to the change that waits now.
      return draft.settleChange(event.choice === 'yes' && event.turn === conversation.asked.change);
    case 'edit':
      return draft.askStep(event.choice);
    default: {
      const questions = stepQuestions(knowledge, event.step);
      const answers = Object.fromEntries(questions.map((question) => [question, event.choice]));
      return questions.length === 0 ? unknownStep : draft.answer(event.step, answers);
    }
  }
}

function navigate(draft: Draft, choice: string): Decision {
  switch (choice) {
    case 'back':
      return draft.goBack();
    case 'person':
      return draft.handOver();
    case 'summary':
      return draft.summarise();
    case 'start-over':
      return draft.startOver();
    case 'others':
    case 'only-me':
      return draft.letOthers(choice === 'others');
    case 'stand':
      return draft.advance();
    default: {
      const locale = locales.find((each) => each === choice);
      return locale === undefined ? unknownStep : draft.switchLanguage(locale);
    }
  }
}

function closeRound(draft: Draft, choice: string): Decision {
  switch (choice) {
    case 'fixed':
      return draft.closeRound('fixed');
    case 'failing':
      return draft.closeRound('still-failing');
    case 'another':
      return draft.closeRound('another-code');
    default:
      return unknownStep;
  }
}

function decideForm(knowledge: Knowledge, conversation: Conversation, event: EventOf<'filled'>): Decision {
  const form = readForm(knowledge, stepQuestions(knowledge, event.step), event.values);
  return form.kind === 'problems'
    ? unknownStep
    : new Draft(knowledge, conversation, event).answer(event.step, form.answers);
}

/** A command, a yes or no to a change that waits for one, an output to read, an answer to what stands asked, or a question beside the flow: in this order. */
function decideText(knowledge: Knowledge, conversation: Conversation, event: EventOf<'wrote'>): Decision {
  const draft = new Draft(knowledge, conversation, event);
  const command = readCommand(knowledge, event.text);
  if (command !== undefined) return navigate(draft, command);
  const consent = conversation.pending === null ? undefined : readConsent(knowledge, event.text);
  if (consent !== undefined) return draft.settleChange(consent === 'yes');
  const understood = understand(knowledge, event.text);
  const { output, facts, codeIsReason } = understood;
  if (output !== undefined)
    return draft.takeReading(codeIsReason ? draft.withoutKnownCode(facts) : facts, event.secretsRemoved);
  const asked = draft.asked();
  const reply = asked === undefined ? undefined : readReply(knowledge, asked.questions, event.text);
  if (asked !== undefined && reply?.kind === 'answers') return draft.answer(asked.step, reply.answers);
  if (event.secretsRemoved > 0) return draft.takeReading(facts, event.secretsRemoved);
  if (reply?.kind === 'unclear') return draft.say('answer-unclear').advance();
  return draft.answerBeside(firstAnswer(knowledge, event.text, event.at, understood));
}
