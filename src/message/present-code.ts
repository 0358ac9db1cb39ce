import { adviceOn } from '../knowledge/advice.ts';
import { decodeCode } from '../licensing/decode-code.ts';
import { fill } from '../text/sentence.ts';
import { plain } from '../text/span.ts';
import { list, note, paragraph } from './blocks.ts';
import type { Block } from './message.ts';
import type { Words } from './phrases.ts';
import { presentPointer } from './present-symptom.ts';
import { sourcesOf } from './sources-of.ts';

/** The causes stand in the order of their likelihood; the guided diagnosis finds the others. */
const mostCauses = 3;

/** The card of a code: its meaning, what the words beside it point to, the causes, the decisive check and the fixes. */
export function presentCode(
  words: Words,
  code: string,
  others: readonly string[],
  symptom: string | undefined,
): readonly Block[] {
  const known = words.knowledge.codes.get(code);
  if (known === undefined) return [];
  const advice = adviceOn(words.knowledge, words.locale, known);
  const derived = known['meaning-confidence'] === 'derived' ? [note(words.say('derived-meaning'))] : [];
  const also = others.length === 0 ? [] : [note(words.say('codes-found', { codes: others.join(', ') }))];
  return [
    { kind: 'heading', spans: plain(`${code} · ${advice.title}`) },
    ...advice.meaning.map((sentence) => paragraph(fill(sentence))),
    ...(symptom === undefined ? [] : presentPointer(words, symptom)),
    paragraph(words.say('causes-heading')),
    list(advice.causes.slice(0, mostCauses).map((cause) => fill(cause))),
    paragraph(words.say('check-heading')),
    paragraph(fill(advice.check)),
    paragraph(words.say('fixes-heading')),
    list(
      advice.fixes.map((fix) => fill(fix)),
      true,
    ),
    ...(advice.escalate === undefined ? [] : [paragraph(fill(advice.escalate))]),
    ...derived,
    ...also,
    note(sourcesOf(words, known.sources)),
  ];
}

/** What the parts of an unknown code say, and the known codes one slip away. */
export function presentUnknownCode(words: Words, code: string, near: readonly string[]): readonly Block[] {
  const { severity, facility, number } = decodeCode(code);
  return [
    { kind: 'heading', spans: words.say('unknown-title', { code }) },
    paragraph(words.say('unknown-says')),
    paragraph(words.say('unknown-facility', { code, severity: words.say(`severity-${severity}`), facility, number })),
    ...(near.length === 0 ? [] : [paragraph(words.say('unknown-near', { codes: near.join(', ') }))]),
  ];
}
