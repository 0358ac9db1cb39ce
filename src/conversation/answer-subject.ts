import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Symptom } from '../knowledge/schema/symptoms.ts';
import type { Topic } from '../knowledge/schema/topics.ts';
import { policies } from '../licensing/policies.ts';
import { standingVerdict, type Verdict } from '../licensing/verdict.ts';
import { nearCodes } from '../reading/near-codes.ts';
import type { Match } from '../reading/symptoms/search-symptoms.ts';
import type { Told } from '../reading/understand.ts';
import type { FirstAnswer } from './answer.ts';
import type { Opening } from './event.ts';
import { type FactValue, isAnswer } from './fact.ts';

/** The card of the first code. A situation that only one key channel has leads into its own flow. */
export function answerCode(
  knowledge: Knowledge,
  codes: readonly string[],
  facts: readonly Told[],
  symptom: Symptom | undefined,
): FirstAnswer {
  const [code = '', ...others] = codes;
  const flow = symptom?.channel === undefined ? 'activation' : symptom.flow;
  const opening = openingOf(knowledge, flow, facts, symptom?.facts);
  return knowledge.codes.has(code)
    ? { kind: 'code', code, others, symptom: symptom?.id, opening }
    : { kind: 'unknown-code', code, near: nearCodes(knowledge.codes.keys(), code), opening };
}

/** The verdict on a topic, or what is missing for one. */
export function answerTopic(knowledge: Knowledge, id: string, facts: readonly Told[], at: string): FirstAnswer {
  const topic = knowledge.topics.get(id);
  if (topic === undefined) return { kind: 'not-understood' };
  const opening = openingOf(knowledge, topic.flow, facts, topic.opens);
  const taken = new Map([...assumedBy(topic, facts), ...valuesOf(facts)]);
  const verdict = asNeed(knowledge, verdictOn(knowledge, topic, taken, at), taken.get('asked-need'));
  const missing =
    'policy' in topic ? (policies[topic.policy]?.needs ?? []).filter((question) => !taken.has(question)) : [];
  return verdict === undefined || (verdict.verdict === 'depends' && missing.length > 0)
    ? { kind: 'topic', topic: id, verdict, facts, missing, opening }
    : { kind: 'verdict', topic: id, verdict, facts, opening };
}

function assumedBy(topic: Topic, facts: readonly Told[]): readonly (readonly [string, FactValue])[] {
  const isTold = facts.some(({ question }) => !question.startsWith('asked-'));
  return 'policy' in topic && isTold ? Object.entries(topic.assumes ?? {}) : [];
}

function verdictOn(
  knowledge: Knowledge,
  topic: Topic,
  facts: ReadonlyMap<string, FactValue>,
  at: string,
): Verdict | undefined {
  if ('policy' in topic) return policies[topic.policy]?.run(knowledge, facts, at).verdict;
  const rule = knowledge.rules.get(topic.rule);
  return rule === undefined ? undefined : standingVerdict(rule);
}

const opposite = { yes: 'no', no: 'yes', depends: 'depends', unknown: 'unknown' } as const;

/**
 * The verdict of a question that asks whether a CAL is needed, or whether none is, rather than whether it is enough; and the
 * opposite of enough where it asks whether new ones are needed.
 */
function asNeed({ rules }: Knowledge, verdict: Verdict | undefined, asked: FactValue | undefined): Verdict | undefined {
  if (verdict === undefined || asked === undefined) return verdict;
  if (asked === 'new') return { ...verdict, verdict: opposite[verdict.verdict] };
  const { need, unneeded } = rules.get(verdict.rule) ?? {};
  if (asked === 'yes' && unneeded !== undefined) return { ...verdict, verdict: 'no', rule: unneeded, changes: [] };
  return need === undefined ? verdict : { ...verdict, verdict: need === asked ? 'yes' : 'no' };
}

/** The best of the situations a text describes. */
export function answerSymptom(
  knowledge: Knowledge,
  matches: readonly [Match, ...Match[]],
  facts: readonly Told[] = [],
): FirstAnswer {
  const symptom = knowledge.symptoms.get(matches[0].id);
  if (symptom === undefined) return { kind: 'not-understood' };
  return {
    kind: 'symptom',
    matches,
    opening: openingOf(knowledge, symptom.flow, facts, symptom.facts),
  };
}

/** The way into a flow with what was read. */
export function answerFlow(knowledge: Knowledge, flow: string, facts: readonly Told[]): FirstAnswer {
  return {
    kind: 'topic',
    topic: flow,
    verdict: undefined,
    facts,
    missing: [],
    opening: openingOf(knowledge, flow, facts),
  };
}

/** What was told, and what its subject implies where nothing was. Only answers to questions of the flows are taken up. */
function openingOf(
  { questions }: Knowledge,
  flow: string,
  told: readonly Told[],
  implied: Readonly<Record<string, string>> = {},
): Opening {
  const isKnown = ({ question, value }: { readonly question: string; readonly value: FactValue }) => {
    const asked = questions.get(question);
    return asked !== undefined && isAnswer(asked, value);
  };
  const found = new Map(told.filter(isKnown).map((fact) => [fact.question, fact]));
  const inferred = Object.entries(implied)
    .map(([question, value]) => ({ question, value, origin: 'inferred' as const }))
    .filter((fact) => isKnown(fact) && !found.has(fact.question));
  return { flow, facts: [...inferred, ...found.values()] };
}

/** The answers by their questions, as the policies take them. */
export function valuesOf(facts: readonly Told[]): ReadonlyMap<string, FactValue> {
  return new Map(facts.map(({ question, value }) => [question, value]));
}
