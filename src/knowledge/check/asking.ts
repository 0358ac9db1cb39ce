import type { Problem } from '../../errors.ts';
import { closest } from '../closest.ts';
import type { Knowledge } from '../knowledge.ts';
import { signs } from '../schema/topics.ts';
import type { PolicyFacts, ProblemAt } from './report.ts';

/** The names that topics, situations, refusals and products use: terms, flows, questions, rules, policies, codes, sources. */
export function checkAsking(knowledge: Knowledge, policies: PolicyFacts, at: ProblemAt): readonly Problem[] {
  return [
    ...checkTopics(knowledge, policies, at),
    ...checkSymptoms(knowledge, at),
    ...checkRefusals(knowledge, at),
    ...checkSubjects(knowledge, at),
  ];
}

function checkTopics(knowledge: Knowledge, policies: PolicyFacts, at: ProblemAt): readonly Problem[] {
  const known = new Set([...termsOf(knowledge), ...knowledge.products.products.map(({ id }) => id), ...signs]);
  return [...knowledge.topics.values()].flatMap((topic, index) => {
    const place = (part: string) => (message: string) => at('topics.yaml', ['topics', index, part], message);
    const slots = 'policy' in topic ? [...(topic.versions ?? []), ...(topic.editions ?? [])] : [];
    return [
      ...unknown('term', topic.about.flat(), known, place('about')),
      ...unknown('term', topic.unless ?? [], known, place('unless')),
      ...unknown(
        'term',
        slots.flatMap(({ role }) => role ?? []),
        termsOf(knowledge),
        place('versions'),
      ),
      ...unknown('flow', [topic.flow], knowledge.flows.keys(), place('flow')),
      ...checkFacts(knowledge, topic.opens, place('opens')),
      ...unknown('words for', topic.reads ?? [], Object.keys(knowledge.words.questions), place('reads')),
      ...('policy' in topic
        ? unknown('policy', [topic.policy], Object.keys(policies), place('policy'))
        : unknown('rule', [topic.rule], knowledge.rules.keys(), place('rule'))),
    ];
  });
}

function checkSymptoms(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  return [...knowledge.symptoms.values()].flatMap((symptom, index) => {
    const place = (part: string) => (message: string) => at('symptoms.yaml', ['symptoms', index, part], message);
    return [
      ...unknown('flow', [symptom.flow], knowledge.flows.keys(), place('flow')),
      ...unknown('code', symptom.codes ?? [], knowledge.codes.keys(), place('codes')),
      ...unknown('situation', symptom['look-alikes'] ?? [], knowledge.symptoms.keys(), place('look-alikes')),
      ...unknown('source', symptom.sources, knowledge.sources.keys(), place('sources')),
      ...checkFacts(knowledge, symptom.facts, place('facts')),
    ];
  });
}

function checkRefusals(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  const { requests, enquiring, insisting, removing } = knowledge.refusals;
  const place = (part: string) => (message: string) => at('refusals.yaml', [part], message);
  const named = requests.flatMap(({ about, unless }) => [...about.flat(), ...(unless ?? [])]);
  return [
    ...unknown('term', named, termsOf(knowledge), place('requests')),
    ...unknown('term', [...enquiring, ...insisting, ...removing], termsOf(knowledge), place('enquiring')),
    ...unknown(
      'topic',
      requests.flatMap(({ enquiry }) => enquiry ?? []),
      knowledge.topics.keys(),
      place('requests'),
    ),
    ...unknown('term', knowledge.products.ours, termsOf(knowledge), (message) =>
      at('products.yaml', ['ours'], message),
    ),
  ];
}

/** A card's button names its subject by id alone, so a topic, a situation and a flow never share one. */
function checkSubjects({ topics, symptoms, flows }: Knowledge, at: ProblemAt): readonly Problem[] {
  return [...topics.keys()].flatMap((id, index) =>
    symptoms.has(id) || flows.has(id)
      ? [at('topics.yaml', ['topics', index, 'id'], `a situation or a flow is called ${id} too: choose another name`)]
      : [],
  );
}

/** Answers that open a flow: each to a question there is, and one of its choices. */
function checkFacts(
  { questions }: Knowledge,
  facts: Readonly<Record<string, string>> = {},
  problem: (message: string) => Problem,
): readonly Problem[] {
  return Object.entries(facts).flatMap(([question, choice]) => {
    const asked = questions.get(question);
    if (asked === undefined) return unknown('question', [question], questions.keys(), problem);
    return unknown(`choice of ${question}`, [choice], asked.choices ?? [choice], problem);
  });
}

function unknown(
  kind: string,
  wanted: readonly string[],
  known: Iterable<string>,
  problem: (message: string) => Problem,
): readonly Problem[] {
  const names = new Set(known);
  return wanted
    .filter((name) => !names.has(name))
    .map((name) => problem(`there is no ${kind} ${name}${closest(name, names)}`));
}

function termsOf({ terms }: Knowledge): readonly string[] {
  return Object.keys(terms);
}
