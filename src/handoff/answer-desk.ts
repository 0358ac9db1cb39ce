import type { Event } from '../conversation/event.ts';
import type { AnswerNews, HandoffState } from '../conversation/handoff-state.ts';
import { cardOf } from './card.ts';
import type { Turned } from './case-decision.ts';
import { caseNumber, referenceOf } from './case-number.ts';
import { type Comment, commentMark, commentReference } from './comment.ts';
import { speakerOf } from './evidence.ts';
import type { HandoffEffect } from './handoff-effect.ts';
import type { KnownDesk } from './settings.ts';
import { answerField } from './steps.ts';
import { type HandoffContext, isAnswerable } from './take-handoff-turn.ts';
import { say } from './ticket-values.ts';

/**
 * Sends what somebody answers to the desk that has the ticket of that generation. Where it has become too late for that, they
 * get back what they wrote. Pure; `text` is redacted.
 */
export function answerDesk(context: HandoffContext, generation: number, text: string): readonly HandoffEffect[] {
  const { conversation, settings, actor, at } = context;
  const { handoff } = conversation;
  const to = handoff?.to ?? null;
  const desk = to === null ? undefined : settings.desks[to];
  if (
    handoff === null ||
    to === null ||
    desk === undefined ||
    handoff.generation !== generation ||
    !isAnswerable(handoff)
  )
    return [fateOf(context, generation, { fate: 'lost', answeredAt: at, desk: to ?? '' }, text)];
  const comment = renderComment(context, handoff, desk, text);
  return [
    { kind: 'answered', by: actor.id, text: comment.body, desk },
    { kind: 'answer-desk', to, comment },
  ];
}

/** Tells what became of an answer. A desk that waited for one has it then, unless it has spoken since. */
export function hearAnswer(
  context: HandoffContext,
  events: readonly Event[],
  generation: number,
  news: AnswerNews,
): Turned {
  const { conversation, settings, at } = context;
  const { handoff } = conversation;
  const text = news.fate === 'lost' ? textGivenAt(events, news.answeredAt) : null;
  const told = fateOf(context, generation, news, text);
  if (handoff === null || news.fate !== 'arrived' || generation !== handoff.generation || !waitedFor(handoff, news))
    return { kind: 'turn', conversation, effects: [told] };
  const answered: HandoffState = { ...handoff, stage: 'answered', at };
  return {
    kind: 'turn',
    conversation: { ...conversation, handoff: answered },
    effects: [cardOf(settings, answered, caseNumber(conversation.id), 'in-place'), told],
  };
}

function waitedFor({ stage, at }: HandoffState, { answeredAt }: AnswerNews): boolean {
  return (stage === 'replied' || stage === 'waiting') && at < answeredAt;
}

/** The ticket is named by the desk's number where it is the newest, by ours where another has come since. */
function fateOf(
  { conversation, settings }: HandoffContext,
  generation: number,
  { fate, answeredAt, desk }: Omit<AnswerNews, 'kind'>,
  text: string | null,
): HandoffEffect {
  const { handoff, id } = conversation;
  return {
    kind: 'answer-fate',
    fate,
    answeredAt,
    desk: settings.desks[desk] ?? null,
    link: handoff?.generation === generation ? handoff.ticket : null,
    number: caseNumber(id),
    text,
  };
}

/** From the log, so that it is nowhere else: who is erased is erased there. */
function textGivenAt(events: readonly Event[], at: string): string | null {
  const given = events.flatMap((event) =>
    event.kind === 'filled' && event.at === at ? [event.values[answerField]] : [],
  );
  return given.find((text) => text !== undefined) ?? null;
}

/** In the desk's language but for the text itself, signed by whoever wrote it. */
function renderComment(
  { knowledge, settings, conversation, actor, at }: HandoffContext,
  { generation, details, subject }: HandoffState,
  { language }: KnownDesk,
  text: string,
): Comment {
  const { id, workspace, turn } = conversation;
  const texts = knowledge.texts[language].tickets;
  const number = caseNumber(id);
  const ticket = referenceOf(workspace, id, generation);
  const mark = commentMark(number, turn);
  const contact = details['contact-name']?.value ?? null;
  const speaker = speakerOf(conversation, actor);
  const who = speaker === 'requester' ? (contact ?? texts.speakers.requester) : texts.speakers[speaker];
  return {
    reference: commentReference(ticket, turn),
    ticket,
    number,
    mark,
    locale: language,
    subject: subject ?? say(texts.subject.tag, { number }),
    body: `${text}\n\n${say(texts['answer-footer'], { who, mark })}\n`,
    requester: { name: contact ?? settings.sender.name, email: details['contact-email']?.value ?? '' },
    createdAt: at,
  };
}
