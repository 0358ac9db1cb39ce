import { type FirstAnswer, firstAnswer } from '../../src/conversation/answer.ts';
import { walk } from '../../src/conversation/walk.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { redact } from '../../src/reading/redact.ts';
import { understand } from '../../src/reading/understand.ts';
import { keyExpander, loadKnowledge } from '../knowledge.ts';
import type { Command } from './command.ts';
import { type Query, runQueries } from './json-lines.ts';

/** `ask`: everything the requester would be shown first, and what was understood. */
export const ask: Command = async (args, io) => {
  const knowledge = loadKnowledge();
  return runQueries(args, io, (query) => answerQuery(knowledge, query), (query) => reply(knowledge, query, firstAnswer(knowledge, redact(query.text).text, now())));
};

function now(): string {
  return new Date().toISOString();
}

function reply(knowledge: Knowledge, { locale }: Query, answer: FirstAnswer): string {
  return messageToText(presentAnswer(knowledge, locale, answer), keyExpander(() => knowledge));
}

function answerQuery(knowledge: Knowledge, query: Query): object {
  const text = redact(query.text).text;
  const at = now();
  const answer = firstAnswer(knowledge, text, at);
  const opening = 'opening' in answer ? answer.opening : undefined;
  return {
    codes: understand(knowledge, text).codes,
    intent: intentOf(answer),
    matches: matchesOf(answer),
    prefilled: Object.fromEntries((opening?.facts ?? []).map(({ question, value }) => [question, value])),
    refused: false,
    reply: reply(knowledge, query, answer),
    next: opening === undefined ? null : nextOf(knowledge, opening, at),
  };
}

function intentOf(answer: FirstAnswer): string {
  return answer.kind === 'verdict' || answer.kind === 'topic' ? answer.opening.flow : answer.kind;
}

function matchesOf(answer: FirstAnswer): readonly { readonly id: string; readonly score: number }[] {
  if (answer.kind === 'code') return [answer.code, ...answer.others].map((id, index) => ({ id, score: 1 / (index + 1) }));
  return answer.kind === 'verdict' ? [{ id: answer.verdict.rule, score: 1 }] : [];
}

function nextOf(knowledge: Knowledge, opening: Extract<FirstAnswer, { opening: unknown }>['opening'], at: string): object {
  const facts = opening.facts.map((fact) => ({ ...fact, turn: 1, by: 'script', at }));
  const { position } = walk(knowledge, { facts, round: { flow: opening.flow, since: 1 } }, at);
  return { flow: position.flow, step: position.kind === 'step' ? position.step : position.outcome.id };
}
