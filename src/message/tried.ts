import type { ClosedRound } from '../conversation/conversation.ts';
import { adviceOn } from '../knowledge/advice.ts';
import { fill } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import type { Words } from './phrases.ts';

const resultPhrase = {
  fixed: 'result-fixed',
  'still-failing': 'result-still-failing',
  'another-code': 'result-another-code',
  'started-over': 'result-started-over',
} as const;

/** What was tried in a closed round, and how it went: `0xC004FC07 · Convert the evaluation to Standard with DISM: fixed`. */
export function triedLine(words: Words, { code, flow, outcome, result }: ClosedRound): string {
  const title = outcome === null ? undefined : words.texts.flows.get(flow)?.outcomes[outcome]?.title;
  const fix = title === undefined ? undefined : spansToText(fill(title));
  const what =
    fix === undefined ? problemOf(words, code, flow) : [code, fix].filter((part) => part !== null).join(' · ');
  return `${what}: ${words.label(resultPhrase[result])}`;
}

/** What a round is about: the code with its title, or else the title of its flow. */
export function problemOf(words: Words, code: string | null, flow: string): string {
  const known = code === null ? undefined : words.knowledge.codes.get(code);
  if (known !== undefined) return `${known.code} ${adviceOn(words.knowledge, words.locale, known).title}`;
  return code ?? words.texts.flows.get(flow)?.title ?? flow;
}
