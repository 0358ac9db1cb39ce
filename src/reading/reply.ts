import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Question } from '../knowledge/schema/flow.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import { locales } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import { readKnownCodes } from './known-codes.ts';
import { foldWords, indexOfPhrase } from './phrase.ts';

export type ReplyReading =
  | { readonly kind: 'answers'; readonly answers: Readonly<Record<string, string | number>> }
  /** It speaks of the question but leaves open which answer is meant: it is asked, never guessed. */
  | { readonly kind: 'unclear' };

/** Reads a typed reply to the question that stands asked; undefined when it does not speak of it. */
export function readReply(knowledge: Knowledge, questions: readonly string[], text: string): ReplyReading | undefined {
  const [id, ...more] = questions;
  const question = id === undefined ? undefined : knowledge.questions.get(id);
  if (question === undefined || more.length > 0) return undefined;
  const read = readValues(knowledge, question, text);
  if (read === 'unclear') return { kind: 'unclear' };
  const values = new Set(read);
  const [value] = values;
  if (value === undefined) return undefined;
  return values.size === 1 ? { kind: 'answers', answers: { [question.id]: value } } : { kind: 'unclear' };
}

/** A yes or a no to what the bot proposes, by itself or before a comma; undefined for a text that begins with neither. */
export function readConsent({ words, texts }: Knowledge, text: string): 'yes' | 'no' | undefined {
  const folded = foldWords(text);
  const [beginning = ''] = folded.split(/[,.!、。]/);
  const says = (choice: 'yes' | 'no', button: 'yes-change' | 'keep') =>
    (words.choices[choice] ?? []).some((word) => foldWords(word) === beginning) ||
    locales.some((locale) => foldWords(spansToText(fill(texts[locale].interface[button]))) === folded);
  if (says('yes', 'yes-change')) return 'yes';
  return says('no', 'keep') ? 'no' : undefined;
}

function readValues(knowledge: Knowledge, question: Question, text: string): readonly (string | number)[] | 'unclear' {
  const folded = foldWords(text);
  switch (question.asks) {
    case 'choice':
      return readChoices(knowledge, question, folded);
    case 'number':
      // The digits of an error code count nothing.
      if (readKnownCodes(knowledge, text).length > 0) return [];
      return isUnsure(knowledge, folded) ? [unsure] : readNumber(knowledge, folded);
    case 'code': {
      const codes = readKnownCodes(knowledge, text).map((reading) => reading.code);
      return codes.length === 0 && isUnsure(knowledge, folded) ? [unsure] : codes;
    }
    case 'text':
      return [text.trim().slice(0, question.max ?? 200)].filter((value) => value !== '');
    default:
      return question.asks satisfies never;
  }
}

/** The number a text is, with its unit; unclear where it merely holds one. */
function readNumber({ words }: Knowledge, folded: string): readonly number[] | 'unclear' {
  let rest = folded.replaceAll(/(\d),(\d{3})/g, '$1$2').replace(/[.。!]+$/, '');
  for (const word of words.numbers.before.map(foldWords))
    if (rest.startsWith(word)) rest = rest.slice(word.length).trim();
  const after = words.numbers.after.map(foldWords).toSorted((a, b) => b.length - a.length);
  for (let unit = after.find((word) => rest.endsWith(word)); unit !== undefined; ) {
    rest = rest.slice(0, -unit.length).trim();
    unit = after.find((word) => rest.endsWith(word));
  }
  if (/^\d{1,9}$/.test(rest)) return [Number(rest)];
  return /\d/.test(rest) ? 'unclear' : [];
}

function readChoices(knowledge: Knowledge, question: Question, folded: string): readonly string[] {
  const choices = [...(question.choices ?? []), unsure];
  const named = choices.find(
    (choice) =>
      folded === choice || labelsOf(knowledge, question.id, choice).some((label) => foldWords(label) === folded),
  );
  if (named !== undefined) return [named];
  const numbered = /^[([]?(\d{1,2})[)\].]?$/.exec(folded)?.[1];
  if (numbered !== undefined)
    return choices.slice(Number(numbered) - 1, Number(numbered)).filter(() => numbered !== '0');
  const found = matchLongest(
    folded,
    choices.flatMap((choice) =>
      wordsOf(knowledge, question.id, choice).map((word) => [foldWords(word), choice] as const),
    ),
  );
  const negated = knowledge.words.negations.some((word) => indexOfPhrase(folded, foldWords(word)) >= 0);
  return negated && found.length > 0 && !found.includes('no') && !found.includes(unsure)
    ? [...found, ...choices]
    : found;
}

/** The choices whose words stand in the text. A longer phrase takes its words away from shorter ones. */
function matchLongest(
  text: string,
  entries: readonly (readonly [phrase: string, choice: string])[],
): readonly string[] {
  const found = new Set<string>();
  let rest = text;
  for (const [phrase, choice] of entries.toSorted(([a], [b]) => b.length - a.length)) {
    const at = indexOfPhrase(rest, phrase);
    if (at < 0) continue;
    found.add(choice);
    rest = `${rest.slice(0, at)}\u0000${rest.slice(at + phrase.length)}`;
  }
  return [...found];
}

function wordsOf(knowledge: Knowledge, question: string, choice: string): readonly string[] {
  const { choices, questions } = knowledge.words;
  return [
    ...(questions[question]?.[choice] ?? []),
    ...(choices[choice] ?? []),
    ...labelsOf(knowledge, question, choice),
  ];
}

function labelsOf(knowledge: Knowledge, question: string, choice: string): readonly string[] {
  return locales.flatMap((locale) => knowledge.texts[locale].questions[question]?.choices?.[choice] ?? []);
}

/** Whether a text says that the person does not know. `folded` as by `foldWords`. */
export function isUnsure(knowledge: Knowledge, folded: string): boolean {
  return (knowledge.words.choices[unsure] ?? []).some((word) => indexOfPhrase(folded, foldWords(word)) >= 0);
}
