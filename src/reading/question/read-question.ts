import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Slot, Topic, Unit } from '../../knowledge/schema/topics.ts';
import type { ReadFact } from '../output-facts.ts';
import { assignRoles, type Mention } from './mentions.ts';
import type { Sight } from './see.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** Whether it asks how or what, or for a yes or a no: read whatever the topic. */
const form = 'asked-form';

/** A question in plain words: its topic, and what it says. */
export interface QuestionReading {
  readonly topic: Topic;
  readonly facts: readonly ReadFact[];
}

/** The topic most of whose terms a text has, with the facts read for it; undefined where no topic is spoken of. */
export function readQuestion(knowledge: Knowledge, sight: Sight): QuestionReading | undefined {
  const topic = topicOf(knowledge, sight);
  if (topic === undefined) return undefined;
  return { topic, facts: readFacts(knowledge, topic, sight) };
}

/**
 * Whether a text asks how or what (`open`), or for a yes or a no (`whether`); undefined for what is told. The first word decides:
 * `how many can I` is open, `can I see how many` is not.
 */
export function readForm(knowledge: Knowledge, { folded }: Sight): string | undefined {
  return vocabularyOf(knowledge).choices.get(form)?.findAll(folded)[0]?.term;
}

function topicOf({ topics }: Knowledge, { terms }: Sight): Topic | undefined {
  let best: Topic | undefined;
  let most = 0;
  for (const topic of topics.values()) {
    if (topic.unless?.some((term) => terms.has(term))) continue;
    const strength = Math.max(...topic.about.map((set) => (set.every((term) => terms.has(term)) ? set.length : 0)));
    if (strength > most) [best, most] = [topic, strength];
  }
  return best;
}

function readFacts(knowledge: Knowledge, topic: Topic, sight: Sight): readonly ReadFact[] {
  const vocabulary = vocabularyOf(knowledge);
  const asked = readForm(knowledge, sight);
  const { versions = [], editions = [], counts = {} } = 'policy' in topic ? topic : {};
  const facts = [
    ...fillSlots(vocabulary, sight, sight.versions, versions),
    ...fillSlots(vocabulary, sight, sight.editions, editions),
    ...Object.entries(counts).flatMap(([unit, question]): ReadFact[] => {
      const count = sight.counts[unit as Unit];
      return count === undefined ? [] : [[question, count]];
    }),
    ...(topic.reads ?? []).flatMap((question) => readChoice(vocabulary, sight, question)),
    ...(asked === undefined ? [] : [[form, asked] satisfies ReadFact]),
  ];
  return [...new Map(facts.map(([question, value]) => [question, asChoice(knowledge, question, value)]))];
}

/** Gives each question its mention: first by role, then the questions that are left the mentions that are left, in order. */
function fillSlots(
  { terms }: Vocabulary,
  { folded }: Sight,
  mentions: readonly Mention[],
  slots: readonly Slot[],
): readonly ReadFact[] {
  const sides = new Map(slots.flatMap(({ role, side }) => (role === undefined ? [] : [[role, side] as const])));
  const words = terms.find(folded, new Set(sides.keys())).map((word) => ({ ...word, side: sides.get(word.term) }));
  const facts = new Map<string, string>();
  const rest: string[] = [];
  for (const { role, value } of assignRoles(folded, mentions, words)) {
    const slot = slots.find((each) => each.role !== undefined && each.role === role && isOpen(facts, each, value));
    if (slot !== undefined) facts.set(slot.question, value);
    else if (role === undefined) rest.push(value);
  }
  const open = slots.filter(({ role }) => role === undefined);
  // Both editions named for one question leave it open.
  if (slots.length === 1 && open[0]?.newest !== true && new Set(rest).size > 1) return [];
  for (const slot of open) {
    if (slot.newest === true && rest.length > 1) rest.sort((a, b) => b.localeCompare(a));
    const [value] = rest;
    if (value === undefined || !isOpen(facts, slot, value)) continue;
    facts.set(slot.question, value);
    rest.shift();
  }
  return [...facts];
}

/** Whether a question has no version yet, or an older one where the newest is meant. */
function isOpen(facts: ReadonlyMap<string, string>, { question, newest }: Slot, value: string): boolean {
  const known = facts.get(question);
  return known === undefined || (newest === true && value > known);
}

/** The one choice a text has words for; none where it has words for several. */
function readChoice({ choices }: Vocabulary, { folded }: Sight, question: string): readonly ReadFact[] {
  const found = new Set(
    choices
      .get(question)
      ?.findAll(folded)
      .map(({ term }) => term),
  );
  const [choice] = found;
  return choice === undefined || found.size > 1 ? [] : [[question, choice]];
}

/** R2 releases have no CAL of their own: where a question has no such choice, the base version is meant. */
function asChoice(knowledge: Knowledge, question: string, value: string | number): string | number {
  const choices = knowledge.questions.get(question)?.choices;
  return typeof value === 'string' && choices !== undefined && !choices.includes(value)
    ? value.replace('r2', '')
    : value;
}
