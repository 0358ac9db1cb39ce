import type { FirstAnswer } from '../conversation/answer.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Match } from '../reading/symptoms/search-symptoms.ts';
import type { Told } from '../reading/understand.ts';
import type { Locale } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { writeStartAddress } from './address.ts';
import { list, note, paragraph } from './blocks.ts';
import { cardActions, menuActions } from './card-actions.ts';
import type { Block, Button, Message } from './message.ts';
import { Words } from './phrases.ts';
import { presentCode, presentUnknownCode } from './present-code.ts';
import { presentGuide } from './present-guide.ts';
import { presentSymptom } from './present-symptom.ts';
import { presentVerdict } from './present-verdict.ts';

type AnswerOf<Kind extends FirstAnswer['kind']> = Extract<FirstAnswer, { kind: Kind }>;

/** The card for a text nobody has asked for. Its buttons carry all that *Start* needs: nothing is stored for a card. */
export function presentAnswer(knowledge: Knowledge, locale: Locale, answer: FirstAnswer): Message {
  const words = new Words(knowledge, locale);
  switch (answer.kind) {
    case 'code':
      return {
        locale,
        blocks: withRead(words, factsIn(answer), presentCode(words, answer.code, answer.others, answer.symptom)),
        actions: cardActions(words, codeSubject(words, answer), factsIn(answer)),
      };
    case 'unknown-code':
      return {
        locale,
        blocks: presentUnknownCode(words, answer.code, answer.near),
        actions: cardActions(words, answer.code, factsIn(answer)),
      };
    case 'malformed-code':
      return { locale, blocks: [paragraph(malformed(words, answer.written, answer.near))] };
    case 'verdict':
      return {
        locale,
        blocks: presentVerdict(words, answer.verdict, { wordless: isAskedOpenly(answer.facts) }),
        actions: cardActions(words, answer.topic, answer.facts),
      };
    case 'topic':
      return { locale, blocks: topicBlocks(words, answer), actions: cardActions(words, answer.topic, answer.facts) };
    case 'symptom':
      return {
        locale,
        blocks: withRead(words, factsIn(answer), presentSymptom(words, answer.matches)),
        actions: cardActions(words, answer.matches[0].id, factsIn(answer)),
      };
    case 'unsure':
      return {
        locale,
        blocks: unsureBlocks(words, answer.matches),
        choices: answer.matches.map(({ id }) => situationButton(words, id)),
        actions: menuActions(words),
      };
    case 'not-mine':
      return { locale, blocks: notMineBlocks(words, answer), actions: menuActions(words) };
    case 'refused': {
      const route = words.texts.refusals[answer.request];
      return { locale, blocks: [paragraph(words.say('refused', { route: route === undefined ? '' : fill(route) }))] };
    }
    case 'guide':
      return presentGuide(words, answer.guide);
    case 'menu':
      return {
        locale,
        blocks: [{ kind: 'heading', spans: words.say('menu-title') }, paragraph(words.say('menu-says'))],
        actions: menuActions(words),
      };
    case 'not-understood':
      return {
        locale,
        blocks: [paragraph(words.say('not-understood')), paragraph(words.say('menu-says'))],
        actions: menuActions(words),
      };
    default:
      return answer satisfies never;
  }
}

/** The code, and the situation where the facts do not prove it again. */
function codeSubject({ knowledge }: Words, { code, symptom, opening }: AnswerOf<'code'>): string {
  const channel = opening.facts.find(({ question }) => question === 'key-channel')?.value;
  const isProven =
    symptom === undefined || (channel !== undefined && knowledge.symptoms.get(symptom)?.channel === channel);
  return isProven ? code : `${code}-${symptom}`;
}

function malformed(words: Words, written: string, near: readonly string[]): Spans {
  return near.length === 0
    ? words.say('malformed-alone', { written })
    : words.say('code-malformed', { written, near: near.join(', ') });
}

/** What holds already, what was read, and what is missing. */
function topicBlocks(words: Words, { verdict, facts, missing, opening }: AnswerOf<'topic'>): readonly Block[] {
  const needed = missing
    .filter((question) => words.texts.questions[question] !== undefined)
    .map((question) => words.questionName(question));
  const open = [
    ...readBlocks(words, facts),
    ...(needed.length === 0
      ? []
      : [paragraph(words.say('still-needed', { questions: needed.join(words.label('comma')) }))]),
    paragraph(words.say('missing-facts')),
  ];
  if (verdict !== undefined) return presentVerdict(words, verdict, { open, wordless: isAskedOpenly(facts) });
  return [{ kind: 'heading', spans: plain(words.texts.flows.get(opening.flow)?.title ?? '') }, ...open];
}

function isAskedOpenly(facts: readonly Told[]): boolean {
  return facts.some(({ question, value }) => question === 'asked-form' && value === 'open');
}

/** The situations that may be meant, each with its check, so that a person can tell which. */
function unsureBlocks(words: Words, matches: readonly Match[]): readonly Block[] {
  const items = matches.flatMap(({ id }) => {
    const texts = words.texts.symptoms[id];
    return texts === undefined
      ? []
      : [
          [
            { kind: 'strong' as const, text: texts.title },
            { kind: 'text' as const, text: words.label('colon') },
            ...fill(texts.check),
          ],
        ];
  });
  return [paragraph(words.say('which-meant')), list(items)];
}

/** Shows the card of a situation. */
function situationButton(words: Words, id: string): Button {
  const address = writeStartAddress({ kind: words.locale, subject: id, facts: [] });
  return { label: words.texts.symptoms[id]?.title ?? id, address, style: 'plain' };
}

/** A card with what was read from the text under its heading. */
function withRead(words: Words, facts: readonly Told[], [heading, ...rest]: readonly Block[]): readonly Block[] {
  return heading === undefined ? [] : [heading, ...readBlocks(words, facts), ...rest];
}

/** What was read, apart from the code, which the heading names. */
function readBlocks(words: Words, facts: readonly Told[]): readonly Block[] {
  const read = facts.filter(
    ({ question }) => question !== 'error-code' && words.texts.questions[question] !== undefined,
  );
  const named = read.map(({ question, value }) => `${words.questionName(question)}: ${words.value(question, value)}`);
  return named.length === 0 ? [] : [note(words.say('understood', { facts: named.join(words.label('comma')) }))];
}

function notMineBlocks(words: Words, { product: id, codes }: AnswerOf<'not-mine'>): readonly Block[] {
  const product = words.texts.products[id];
  if (product === undefined) return [];
  const meanings = codes.flatMap((code) => {
    const known = words.knowledge.codes.get(code);
    const title = known === undefined ? undefined : words.texts.errors.get(known.family)?.codes[code]?.title;
    return title === undefined ? [] : [note(words.say('same-code', { code, title }))];
  });
  return [paragraph(words.say('not-mine', { product: product.name, where: fill(product.where) })), ...meanings];
}

/** What was told, not what follows from the subject: the subject brings that again. */
function factsIn({ opening }: { readonly opening: AnswerOf<'code'>['opening'] }): readonly Told[] {
  return opening.facts.flatMap(({ question, value, origin }) =>
    origin === 'said' || origin === 'read' ? [{ question, value, origin }] : [],
  );
}
