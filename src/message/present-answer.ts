import type { FirstAnswer } from '../conversation/answer.ts';
import type { Opening } from '../conversation/event.ts';
import { adviceOn } from '../knowledge/advice.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { decodeCode } from '../licensing/decode-code.ts';
import { type Locale, otherLocale } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { writeStartAddress } from './address.ts';
import type { Block, Button, Message } from './message.ts';
import { presentVerdict } from './present-verdict.ts';
import { Words } from './phrases.ts';

/** The card for a text nobody has asked for. Its buttons carry all that *Start* needs: nothing is stored for a card. */
export function presentAnswer(knowledge: Knowledge, locale: Locale, answer: FirstAnswer): Message {
  const words = new Words(knowledge, locale);
  switch (answer.kind) {
    case 'code':
      return { locale, blocks: codeBlocks(words, answer.code, answer.others), actions: cardActions(words, answer.code, answer.opening) };
    case 'unknown-code':
      return { locale, blocks: unknownCodeBlocks(words, answer.code, answer.near), actions: cardActions(words, answer.code, answer.opening) };
    case 'malformed-code':
      return { locale, blocks: [paragraph(malformed(words, answer.written, answer.near))] };
    case 'verdict':
      return { locale, blocks: presentVerdict(words, answer.verdict), actions: cardActions(words, answer.opening.flow, answer.opening) };
    case 'topic': {
      const title = words.texts.flows.get(answer.opening.flow)?.title ?? '';
      const blocks: Block[] = [{ kind: 'heading', spans: plain(title) }, paragraph(words.say('missing-facts'))];
      return { locale, blocks, actions: cardActions(words, answer.opening.flow, answer.opening) };
    }
    case 'menu':
      return { locale, blocks: [{ kind: 'heading', spans: words.say('menu-title') }, paragraph(words.say('menu-says'))], actions: menuActions(words) };
    case 'not-understood':
      return { locale, blocks: [paragraph(words.say('not-understood')), paragraph(words.say('menu-says'))], actions: menuActions(words) };
    default:
      return answer satisfies never;
  }
}

function malformed(words: Words, written: string, near: readonly string[]): Spans {
  return near.length === 0 ? words.say('malformed-alone', { written }) : words.say('code-malformed', { written, near: near.join(', ') });
}

function paragraph(spans: Spans): Block {
  return { kind: 'paragraph', spans };
}

function codeBlocks(words: Words, code: string, others: readonly string[]): readonly Block[] {
  const known = words.knowledge.codes.get(code);
  if (known === undefined) return [];
  const advice = adviceOn(words.knowledge, words.locale, known);
  const derived = known['meaning-confidence'] === 'derived' ? [note(words.say('derived-meaning'))] : [];
  const also = others.length === 0 ? [] : [note(words.say('codes-found', { codes: others.join(', ') }))];
  return [
    { kind: 'heading', spans: plain(`${code} · ${advice.title}`) },
    ...advice.meaning.map((sentence) => paragraph(fill(sentence))),
    paragraph(words.say('causes-heading')),
    { kind: 'list', ordered: false, items: advice.causes.map((cause) => fill(cause)) },
    paragraph(words.say('check-heading')),
    paragraph(fill(advice.check)),
    paragraph(words.say('fixes-heading')),
    { kind: 'list', ordered: true, items: advice.fixes.map((fix) => fill(fix)) },
    ...(advice.escalate === undefined ? [] : [paragraph(fill(advice.escalate))]),
    ...derived,
    ...also,
    note(sourcesOf(words, known.sources)),
  ];
}

function unknownCodeBlocks(words: Words, code: string, near: readonly string[]): readonly Block[] {
  const { severity, facility, number } = decodeCode(code);
  return [
    { kind: 'heading', spans: words.say('unknown-title', { code }) },
    paragraph(words.say('unknown-says')),
    paragraph(words.say('unknown-facility', { code, severity: words.say(`severity-${severity}`), facility, number })),
    ...(near.length === 0 ? [] : [paragraph(words.say('unknown-near', { codes: near.join(', ') }))]),
  ];
}

function note(spans: Spans): Block {
  return { kind: 'note', spans };
}

export function sourcesOf(words: Words, ids: readonly string[]): Spans {
  const titles = ids.map((id) => words.knowledge.sources.get(id)).filter((source) => source !== undefined);
  return words.say('sources', { sources: titles.map(({ title, read }) => `${title} (${read})`).join('; ') });
}

function cardActions(words: Words, subject: string, { facts }: Opening): readonly Button[] {
  const packed = facts.filter(({ question }) => question !== 'error-code').map(({ question, value }) => [question, String(value)] as const);
  const address = (kind: 'start' | 'share' | 'person') => writeStartAddress({ kind, subject, facts: packed });
  return [
    words.button('start', address('start'), { style: 'primary' }),
    words.button('share', address('share')),
    words.button('person', address('person')),
    languageButton(words, subject, packed),
  ];
}

function languageButton(words: Words, subject: string, facts: readonly (readonly [string, string])[]): Button {
  return words.button('other-language', writeStartAddress({ kind: otherLocale(words.locale), subject, facts }));
}

function menuActions(words: Words): readonly Button[] {
  const flows = [...words.knowledge.flows.keys()];
  return [
    ...flows.map((flow) => ({ label: words.texts.flows.get(flow)?.button ?? flow, address: writeStartAddress({ kind: 'start', subject: flow, facts: [] }), style: 'plain' as const })),
    languageButton(words, 'menu', []),
  ];
}
