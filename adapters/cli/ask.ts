import { type FirstAnswer, firstAnswer } from '../../src/conversation/answer.ts';
import type { Opening } from '../../src/conversation/event.ts';
import { walk } from '../../src/conversation/walk.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { redact } from '../../src/reading/redact.ts';
import { type Match, searchSymptoms } from '../../src/reading/symptoms/search-symptoms.ts';
import { understand } from '../../src/reading/understand.ts';
import { textLimit } from '../../src/service/bot.ts';
import { keyExpander } from '../expand-key.ts';
import type { Command } from './command.ts';
import { type Query, runQueries } from './json-lines.ts';
import { knowledgeFor } from './knowledge.ts';

/** `ask`: everything the requester would be shown first, and what was understood. */
export const ask: Command = async (args, io) => {
  const knowledge = await knowledgeFor(io);
  return runQueries(
    args,
    io,
    (query) => answerQuery(knowledge, query),
    (query) => String(answerQuery(knowledge, query).reply),
  );
};

interface AskAnswer {
  readonly codes: readonly string[];
  readonly intent: string;
  readonly matches: readonly Match[];
  readonly prefilled: Readonly<Record<string, string | number>>;
  readonly refused: boolean;
  readonly reply: string;
  readonly next: { readonly flow: string; readonly step: string } | null;
}

/** The line of one question. */
export function answerQuery(knowledge: Knowledge, { text: raw, locale }: Query): AskAnswer {
  const toText = (message: Message) =>
    messageToText(
      message,
      keyExpander(() => knowledge),
    );
  if (raw.length > textLimit) {
    const spans = new Words(knowledge, locale).say('too-long', { limit: textLimit / 1024 });
    const reply = toText({ locale, blocks: [{ kind: 'paragraph', spans }] });
    return { codes: [], intent: 'too-long', matches: [], prefilled: {}, refused: false, reply, next: null };
  }
  const { text } = redact(raw);
  const at = new Date().toISOString();
  const understood = understand(knowledge, text);
  const answer = firstAnswer(knowledge, text, at, understood);
  const opening = 'opening' in answer ? answer.opening : undefined;
  return {
    codes: understood.codes,
    intent: intentOf(answer),
    matches: matchesOf(knowledge, text, answer),
    prefilled: Object.fromEntries(
      [...(opening?.facts ?? []), ...('facts' in answer ? answer.facts : [])].map(({ question, value }) => [
        question,
        value,
      ]),
    ),
    refused: answer.kind === 'refused',
    reply: toText(presentAnswer(knowledge, locale, answer)),
    next: opening === undefined ? null : nextOf(knowledge, opening, at),
  };
}

function intentOf(answer: FirstAnswer): string {
  switch (answer.kind) {
    case 'verdict':
    case 'topic':
      return answer.topic;
    case 'symptom':
      return answer.matches[0].id;
    case 'guide':
      return answer.guide;
    default:
      return answer.kind;
  }
}

/** What the text was matched with, best first: the subject of the answer, then other codes and situations. */
function matchesOf(knowledge: Knowledge, text: string, answer: FirstAnswer): readonly Match[] {
  const situations = answer.kind === 'refused' || answer.kind === 'not-mine' ? [] : searchSymptoms(knowledge, text);
  const subjects = subjectsOf(answer).map((id, index) => ({ id, score: 1 / (index + 1) }));
  const others = situations.filter(({ id }) => !subjects.some((subject) => subject.id === id));
  return [...subjects, ...others].toSorted((a, b) => b.score - a.score);
}

function subjectsOf(answer: FirstAnswer): readonly string[] {
  switch (answer.kind) {
    case 'code':
      return [answer.code, ...(answer.symptom === undefined ? [] : [answer.symptom]), ...answer.others];
    case 'verdict':
      return [answer.verdict.rule];
    case 'topic':
      return answer.verdict === undefined ? [answer.topic] : [answer.verdict.rule];
    case 'symptom':
      return answer.matches.slice(0, 1).map(({ id }) => id);
    default:
      return [];
  }
}

function nextOf(knowledge: Knowledge, opening: Opening, at: string): AskAnswer['next'] {
  const facts = opening.facts.map((fact) => ({ ...fact, turn: 1, by: 'script', at }));
  const { position } = walk(knowledge, { facts, round: { flow: opening.flow, since: 1 } }, at);
  return { flow: position.flow, step: position.kind === 'step' ? position.step : position.outcome.id };
}
