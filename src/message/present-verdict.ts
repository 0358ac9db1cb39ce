import type { Phrase } from '../knowledge/schema/phrases.ts';
import type { Rule } from '../knowledge/schema/rules.ts';
import type { Verdict, VerdictKind } from '../licensing/verdict.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans, spansToText } from '../text/span.ts';
import { list, paragraph } from './blocks.ts';
import type { Block } from './message.ts';
import type { Words } from './phrases.ts';
import { sourcesOf } from './sources-of.ts';

const verdictPhrase = {
  yes: 'verdict-yes',
  no: 'verdict-no',
  depends: 'verdict-depends',
  unknown: 'verdict-unknown',
} as const;
const askPhrase = { reseller: 'ask-reseller', microsoft: 'ask-microsoft', agreement: 'ask-agreement' } as const;

/** Rules that answer how many or which: a yes before their answer would say nothing. */
const notYesOrNo: readonly string[] = ['cal-count', 'cores', 'desk'];
/** Rules that are asked for either way, "is it supported" and "is support over": their answer says it. */
const eitherWay: readonly string[] = ['lifecycle', 'how-to'];

/** A heading is one line, with room for the longest word of a verdict in it. */
const headingLength = 110;

/** How a verdict is said. */
export interface Saying {
  /** What is still open, in place of what would change the verdict. */
  readonly open?: readonly Block[];
  /** The question asks how or what, so neither yes nor no answers it. */
  readonly wordless?: boolean;
}

/** A verdict with its reason: the word first, then the rule, what would change it, whom to ask, and where it is written. */
export function presentVerdict(
  words: Words,
  { verdict, rule: id, values, changes }: Verdict,
  { open, wordless = false }: Saying = {},
): readonly Block[] {
  const rule = words.knowledge.rules.get(id);
  const texts = words.texts.rules;
  const sentences = texts.rules[id];
  if (rule === undefined || sentences === undefined) return [];
  const changed = changes.flatMap((change) =>
    texts.changes[change] === undefined ? [] : [fill(texts.changes[change], values)],
  );
  return [
    ...answerBlocks(
      words,
      fill(sentences.answer, values),
      sentences.heading,
      wordless ? undefined : wordOf(verdict, rule),
    ),
    { kind: 'paragraph', spans: fill(sentences.why, values) },
    ...(open ?? (changed.length === 0 ? [] : [paragraph(words.say('would-change')), list(changed)])),
    ...(rule.ask === 'none'
      ? []
      : ([
          { kind: 'paragraph', spans: fill(texts.caveat) },
          { kind: 'note', spans: words.say(askPhrase[rule.ask]) },
        ] as const)),
    { kind: 'note', spans: sourcesOf(words, rule.sources) },
  ];
}

function wordOf(verdict: VerdictKind, { topic }: Rule): Phrase | undefined {
  const saysItself =
    (verdict === 'yes' && notYesOrNo.includes(topic)) || (verdict !== 'depends' && eitherWay.includes(topic));
  return saysItself ? undefined : verdictPhrase[verdict];
}

/** The answer behind its word: as one heading where it is one short line without a command, or else below its own heading. */
function answerBlocks(
  words: Words,
  answer: Spans,
  heading: string | undefined,
  word: Phrase | undefined,
): readonly Block[] {
  const line = heading ?? lineOf(answer);
  if (line === undefined) return [...(word === undefined ? [] : [headingOf(words.say(word))]), paragraph(answer)];
  const said =
    word === undefined ? plain(line) : words.say('verdict-about', { verdict: words.say(word), answer: line });
  const below = heading === undefined ? [] : [paragraph(answer)];
  return word === undefined && heading === undefined ? [paragraph(answer)] : [headingOf(said), ...below];
}

function headingOf(spans: Spans): Block {
  return { kind: 'heading', spans };
}

function lineOf(answer: Spans): string | undefined {
  const text = spansToText(answer);
  const isOneLine =
    text.length <= headingLength &&
    !/[.。]\s?\S/.test(text) &&
    answer.every(({ kind }) => kind !== 'code' && kind !== 'link');
  return isOneLine ? text.replace(/[.。]$/, '') : undefined;
}
