import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Guide, guides } from '../knowledge/schema/guides.ts';
import type { Symptom } from '../knowledge/schema/symptoms.ts';
import type { Verdict } from '../licensing/verdict.ts';
import { readGuide } from '../reading/command.ts';
import { readProduct } from '../reading/question/product.ts';
import { readForm, readQuestion } from '../reading/question/read-question.ts';
import { readRefusal } from '../reading/question/refusal.ts';
import { type Sight, see } from '../reading/question/see.ts';
import { type Match, searchSymptoms } from '../reading/symptoms/search-symptoms.ts';
import { type Told, type Understanding, understand } from '../reading/understand.ts';
import { answerCode, answerFlow, answerSymptom, answerTopic, valuesOf } from './answer-subject.ts';
import type { Opening } from './event.ts';
import type { FactValue } from './fact.ts';

/** What is said first to a text, before there is a conversation or beside one. `opening` is what *Start* takes up. */
export type FirstAnswer =
  /** `symptom` is the situation of the code that the words or the output speak of. */
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly others: readonly string[];
      readonly symptom: string | undefined;
      readonly opening: Opening;
    }
  | {
      readonly kind: 'unknown-code';
      readonly code: string;
      readonly near: readonly string[];
      readonly opening: Opening;
    }
  | { readonly kind: 'malformed-code'; readonly written: string; readonly near: readonly string[] }
  | {
      readonly kind: 'verdict';
      readonly topic: string;
      readonly verdict: Verdict;
      readonly facts: readonly Told[];
      readonly opening: Opening;
    }
  /** A flow that leads to the answer; `verdict` is what holds already, `missing` the questions that decide. */
  | {
      readonly kind: 'topic';
      readonly topic: string;
      readonly verdict: Verdict | undefined;
      readonly facts: readonly Told[];
      readonly missing: readonly string[];
      readonly opening: Opening;
    }
  /** Situations a text describes, best first. */
  | { readonly kind: 'symptom'; readonly matches: readonly [Match, ...Match[]]; readonly opening: Opening }
  /** Situations that a text may describe, best first: the person says which. */
  | { readonly kind: 'unsure'; readonly matches: readonly [Match, ...Match[]] }
  | { readonly kind: 'not-mine'; readonly product: string; readonly codes: readonly string[] }
  | { readonly kind: 'refused'; readonly request: string }
  /** Asked for by its word. Of `status`: that nothing is open, as far as the text alone tells. */
  | { readonly kind: 'guide'; readonly guide: Guide }
  | { readonly kind: 'menu' }
  | { readonly kind: 'not-understood' };

/** A situation described this well answers a question that a topic leaves open. */
const strongMatch = 0.7;
/** Described less well than this, a situation is offered and not taken for granted; a question seldom describes one. */
const sureMatch = { told: 0.5, asked: 0.7 };
/** Two situations described as well as each other, nearly: neither is taken for granted. */
const sameMatch = 0.02;
const mostOffered = 3;
/** Strong enough beside an output, whose own words dilute what the person says. */
const besideOutput = 0.5;

/**
 * The best answer to a text nobody has asked for: a code's card, a rule's verdict, a situation, the way into a flow. Writes nothing.
 * What is not helped with comes first, then what a server printed, then what a person asks. Whoever has read the text before
 * hands in what was `understood`.
 */
export function firstAnswer(
  knowledge: Knowledge,
  text: string,
  at: string,
  understood: Understanding = understand(knowledge, text),
): FirstAnswer {
  if (text.trim() === '') return { kind: 'menu' };
  const guide = readGuide(knowledge, text);
  if (guide !== undefined) return { kind: 'guide', guide };
  const whole = see(knowledge, text);
  const refusal = readRefusal(knowledge, whole);
  if (refusal?.kind === 'request') return { kind: 'refused', request: refusal.id };
  const prose = understood.output === undefined ? text : proseOf(text);
  const sight = understood.output === undefined ? whole : see(knowledge, prose);
  const product = readProduct(knowledge, sight);
  const question = readQuestion(knowledge, sight);
  const isAboutProduct = product !== undefined && product.platform !== true && understood.output === undefined;
  if (isAboutProduct && question?.topic.about.flat().includes(product.id) !== true)
    return { kind: 'not-mine', product: product.id, codes: understood.codes };
  const said = (question?.facts ?? []).map(([id, value]): Told => ({ question: id, value, origin: 'said' }));
  const facts = question === undefined ? [] : [...understood.facts, ...said];
  const asked = question === undefined ? undefined : answerTopic(knowledge, question.topic.id, facts, at);
  const isInOrder = understood.codes.length === 0 && understood.output?.fields.licenceStatus === 'licensed';
  if (isInOrder && asked?.kind === 'verdict') return asked;
  const printed = answerPrinted(knowledge, prose, sight, understood, at);
  if (printed !== undefined) return printed;
  if (refusal !== undefined) return answerTopic(knowledge, refusal.topic, [], at);
  if (asked?.kind === 'verdict') return asked;
  const [best, ...others] = searchSymptoms(knowledge, text);
  if (best !== undefined && (asked === undefined || best.score >= strongMatch))
    return isSure(knowledge, [best, ...others], readForm(knowledge, sight) !== undefined)
      ? answerSymptom(knowledge, [best, ...others])
      : { kind: 'unsure', matches: [best, ...others.slice(0, mostOffered - 1)] };
  if (asked !== undefined) return asked;
  return product === undefined ? { kind: 'not-understood' } : { kind: 'not-mine', product: product.id, codes: [] };
}

/** The general situation is safe to take for granted where no other is described: its check tells them apart. */
function isSure(
  { symptoms }: Knowledge,
  [{ id, score }, next]: readonly [Match, ...Match[]],
  isAsked: boolean,
): boolean {
  if (next === undefined && symptoms.get(id)?.general === true) return true;
  return score >= sureMatch[isAsked ? 'asked' : 'told'] && score - (next?.score ?? 0) > sameMatch;
}

/** A text without the lines of its output, which are a label and a value each. */
function proseOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^[^:：]{2,60}[:：]\s?\S/.test(line))
    .join('\n');
}

/** The same answer again from what a card's button carries: its subject (a code, a guide, a topic, a situation, a flow, `menu`) and the facts read. */
export function answerTo(knowledge: Knowledge, subject: string, carried: readonly Told[], at: string): FirstAnswer {
  const { topics, symptoms, flows, questions } = knowledge;
  const facts = carried.map((fact): Told => {
    const isNumber = questions.get(fact.question)?.asks === 'number' && /^\d{1,9}$/.test(String(fact.value));
    return isNumber ? { ...fact, value: Number(fact.value) } : fact;
  });
  const [, code, symptom] = /^(0x[0-9A-F]{8})(?:-([a-z0-9-]+))?$/.exec(subject) ?? [];
  if (code !== undefined) {
    const known =
      symptom === undefined
        ? symptomOf(knowledge, '', code, valuesOf(facts).get('key-channel'))
        : symptoms.get(symptom);
    return answerCode(knowledge, [code], facts, known);
  }
  const guide = guides.find((each) => guideSubject(each) === subject);
  if (guide !== undefined) return { kind: 'guide', guide };
  if (topics.has(subject)) return answerTopic(knowledge, subject, facts, at);
  if (symptoms.has(subject)) return answerSymptom(knowledge, [{ id: subject, score: 1 }], facts);
  return flows.has(subject) ? answerFlow(knowledge, subject, facts) : { kind: 'menu' };
}

/** What a card's button carries of a guide: a flow may have the guide's own name. */
export function guideSubject(guide: Guide): string {
  return `guide-${guide}`;
}

/** What is said to codes and outputs; undefined for a text that has neither. */
function answerPrinted(
  knowledge: Knowledge,
  text: string,
  sight: Sight,
  { codes, facts, malformed, output }: Understanding,
  at: string,
): FirstAnswer | undefined {
  const channel = valuesOf(facts).get('key-channel') ?? channelInWords(knowledge, sight);
  const [code] = codes;
  if (code !== undefined) return answerCode(knowledge, codes, facts, symptomOf(knowledge, text, code, channel));
  if (malformed !== undefined) return { kind: 'malformed-code', ...malformed };
  if (output === undefined) return undefined;
  const status = output.fields.licenceStatus;
  const situation = status === 'licensed' ? undefined : situationOf(knowledge, text, channel, status);
  if (situation !== undefined) return answerSymptom(knowledge, [situation], facts);
  if (channel === 'evaluation') return answerFlow(knowledge, 'evaluation', facts);
  return status === 'licensed'
    ? answerTopic(knowledge, 'server-activated', facts, at)
    : answerFlow(knowledge, 'activation', facts);
}

/**
 * The situation an output without a code is in: an evaluation that is over, or else what the words beside it describe, or
 * else the general one of a server that is not activated.
 */
function situationOf(
  knowledge: Knowledge,
  text: string,
  channel: FactValue | undefined,
  status: string | undefined,
): Match | undefined {
  const all = [...knowledge.symptoms.values()];
  const expired =
    channel === 'evaluation' && status !== undefined ? all.find((symptom) => symptom.channel === channel) : undefined;
  if (expired !== undefined) return { id: expired.id, score: 1 };
  const described = searchSymptoms(knowledge, text).find(
    ({ id, score }) => score >= besideOutput && [undefined, channel].includes(knowledge.symptoms.get(id)?.channel),
  );
  const general = status === undefined ? undefined : all.find((symptom) => symptom.general === true);
  return described ?? (general === undefined ? undefined : { id: general.id, score: besideOutput });
}

/** An evaluation, where the words speak of one and deny nothing. */
function channelInWords({ words }: Knowledge, { folded, terms }: Sight): string | undefined {
  return terms.has('evaluation') && !words.negations.some((word) => folded.includes(word)) ? 'evaluation' : undefined;
}

/** The situation of a code that the channel proves, or else that the words describe. */
function symptomOf(
  knowledge: Knowledge,
  text: string,
  code: string,
  channel: FactValue | undefined,
): Symptom | undefined {
  const candidates = [...knowledge.symptoms.values()].filter(
    (symptom) =>
      symptom.codes?.includes(code) && (channel === undefined || [undefined, channel].includes(symptom.channel)),
  );
  const proven = channel === 'evaluation' ? candidates.find((symptom) => symptom.channel === channel) : undefined;
  if (proven !== undefined || candidates.length === 0) return proven;
  const described = searchSymptoms(knowledge, text).find(({ id }) => candidates.some((symptom) => symptom.id === id));
  return candidates.find(({ id }) => id === described?.id);
}
