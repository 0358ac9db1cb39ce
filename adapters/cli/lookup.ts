import { firstAnswer } from '../../src/conversation/answer.ts';
import { adviceOn } from '../../src/knowledge/advice.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { nearCodes } from '../../src/reading/near-codes.ts';
import { redact } from '../../src/reading/redact.ts';
import { understand } from '../../src/reading/understand.ts';
import { fill, type Sentence } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { keyExpander } from '../expand-key.ts';
import type { Command } from './command.ts';
import { type Query, runQueries } from './json-lines.ts';
import { knowledgeFor } from './knowledge.ts';

/** `lookup`: what a code means and what to do, from the first code of a text. */
export const lookup: Command = async (args, io) => {
  const knowledge = await knowledgeFor(io);
  const show = ({ text, locale }: Query) =>
    messageToText(
      presentAnswer(knowledge, locale, firstAnswer(knowledge, redact(text).text, new Date().toISOString())),
      keyExpander(() => knowledge),
    );
  return runQueries(args, io, (query) => lookUpCode(knowledge, query), show);
};

function lookUpCode(knowledge: Knowledge, { text, locale }: Query): object {
  const { codes, malformed } = understand(knowledge, redact(text).text);
  const [code = null] = codes;
  const known = code === null ? undefined : knowledge.codes.get(code);
  if (known === undefined) {
    const suggestions = code === null ? (malformed?.near ?? []) : nearCodes(knowledge.codes.keys(), code);
    return {
      code,
      known: false,
      title: null,
      meaning: null,
      causes: [],
      check: null,
      fixes: [],
      desk: null,
      sources: [],
      suggestions,
    };
  }
  const advice = adviceOn(knowledge, locale, known);
  const words = (sentence: Sentence) => spansToText(fill(sentence));
  return {
    code,
    known: true,
    title: advice.title,
    meaning: advice.meaning.map(words).join(' '),
    causes: advice.causes.map(words),
    check: words(advice.check),
    fixes: advice.fixes.map(words),
    escalate: advice.escalate === undefined ? null : words(advice.escalate),
    desk: known.desk,
    confidence: known.confidence,
    sources: known.sources.flatMap((id) => knowledge.sources.get(id) ?? []),
    suggestions: known['see-also'] ?? [],
  };
}
