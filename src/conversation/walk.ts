import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Flow, Outcome as OutcomeSchema, Route, Step } from '../knowledge/schema/flow.ts';
import type { Verdict } from '../licensing/verdict.ts';
import type { Conversation } from './conversation.ts';
import { type Fact, type FactValue, factsOf } from './fact.ts';
import { flowPolicies } from './policies.ts';

/** A step the walk passed: asked and answered, or computed. */
export interface Passed {
  readonly flow: string;
  readonly step: string;
  readonly kind: 'answered' | 'computed';
  readonly facts: readonly (Fact & { value: FactValue })[];
}

export interface Outcome extends OutcomeSchema {
  readonly id: string;
  readonly shown: Verdict | null;
}

export type Position =
  | { readonly kind: 'step'; readonly flow: string; readonly step: string; readonly questions: readonly string[] }
  | { readonly kind: 'outcome'; readonly flow: string; readonly outcome: Outcome };

/** "3 of about 6": how many questions the person answered, and about how many there are on the longest way on. */
export interface Progress {
  readonly answered: number;
  readonly total: number;
}

export interface Walk {
  readonly path: readonly Passed[];
  readonly position: Position;
  readonly progress: Progress;
}

/** Where the facts of the current round stand in their flow. Pure: the same facts always stand at the same place. */
export function walk(knowledge: Knowledge, conversation: Pick<Conversation, 'facts' | 'round'>, at: string): Walk {
  const known = factsOf(knowledge, conversation.facts, conversation.round.since);
  const values = new Map<string, FactValue>();
  for (const [question, fact] of known) values.set(question, fact.value);
  const verdicts = new Map<string, Verdict>();
  const path: Passed[] = [];
  let flow = flowNamed(knowledge, conversation.round.flow);
  let name = flow.start;
  for (;;) {
    const step = flow.steps[name];
    if (step === undefined) {
      const position = { kind: 'outcome', flow: flow.flow, outcome: outcomeOf(flow, name, verdicts) } as const;
      const answered = countAnswered(path, conversation.round.since);
      return { path, position, progress: { answered, total: answered } };
    }
    if (step.policy !== undefined) {
      const { value, verdict } = policyNamed(step.policy).run(knowledge, values, at);
      values.set(name, value);
      if (verdict !== null) verdicts.set(name, verdict);
      path.push({ flow: flow.flow, step: name, kind: 'computed', facts: [] });
    } else {
      const questions = questionsOf(flow, name);
      const facts = questions.map((question) => known.get(question)).filter((fact) => fact !== undefined);
      if (facts.length < questions.length) {
        const answered = countAnswered(path, conversation.round.since);
        const position = { kind: 'step', flow: flow.flow, step: name, questions } as const;
        return { path, position, progress: { answered, total: answered + longestWay(knowledge, flow, name) } };
      }
      path.push({ flow: flow.flow, step: name, kind: 'answered', facts });
    }
    const route = routeFrom(step.next, values);
    if (route.flow !== undefined) {
      flow = flowNamed(knowledge, route.flow);
      name = flow.start;
    } else name = route.go ?? '';
  }
}

/** The questions a step puts: its form's, or the one it is named after. */
export function questionsOf(flow: Flow, name: string): readonly string[] {
  const step = flow.steps[name];
  return step?.form ?? [step?.ask ?? name];
}

const asking = new WeakMap<Knowledge, ReadonlyMap<string, readonly string[]>>();

/**
 * The questions of a step by its name alone, as a button's address gives it; a question asked by itself is its own step.
 * Empty when nothing of that name asks anything.
 */
export function stepQuestions(knowledge: Knowledge, name: string): readonly string[] {
  const questions = asking.get(knowledge) ?? questionsOfSteps(knowledge);
  asking.set(knowledge, questions);
  return questions.get(name) ?? (knowledge.questions.has(name) ? [name] : []);
}

/** Where two flows have a step of one name, the first counts. */
function questionsOfSteps({ flows }: Knowledge): ReadonlyMap<string, readonly string[]> {
  const steps = [...flows.values()].flatMap((flow) =>
    Object.entries(flow.steps).flatMap(([name, { policy }]) =>
      policy === undefined ? [[name, questionsOf(flow, name)] as const] : [],
    ),
  );
  return new Map(steps.toReversed());
}

function routeFrom(routes: readonly Route[], values: ReadonlyMap<string, FactValue>): Route {
  const route = routes.find(
    ({ when }) =>
      when === undefined ||
      Object.keys(when).every((question) => when[question]?.includes(String(values.get(question)))),
  );
  if (route === undefined) throw new Error('a step without a last route passed the check of the knowledge');
  return route;
}

function outcomeOf(flow: Flow, id: string, verdicts: ReadonlyMap<string, Verdict>): Outcome {
  const outcome = flow.outcomes[id];
  if (outcome === undefined) throw new Error(`${flow.flow} leads to ${id}, which passed the check of the knowledge`);
  return { ...outcome, id, shown: outcome.verdict === undefined ? null : (verdicts.get(outcome.verdict) ?? null) };
}

function flowNamed(knowledge: Knowledge, name: string): Flow {
  const flow = knowledge.flows.get(name);
  if (flow === undefined) throw new Error(`there is no flow ${name}`);
  return flow;
}

function policyNamed(name: string) {
  const policy = flowPolicies[name];
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return policy;
}

/** What was read, followed from the code or was said before the first question of the round was no answer to one. */
function countAnswered(path: readonly Passed[], since: number): number {
  return path.filter(({ facts }) => facts.some(({ origin, turn }) => origin === 'said' && turn > since)).length;
}

/** The progress as it was when a step that the walk has passed was asked. */
export function progressAt({ path, progress }: Walk, step: string, since: number): Progress {
  const index = path.findIndex((passed) => passed.step === step);
  return index === -1 ? progress : { ...progress, answered: countAnswered(path.slice(0, index), since) };
}

const ways = new WeakMap<Knowledge, Map<Step, number>>();

/** The number of questions on the longest way from a step to an outcome, across flows. Flows have no cycles. */
function longestWay(knowledge: Knowledge, flow: Flow, name: string): number {
  const memo = ways.get(knowledge) ?? new Map<Step, number>();
  ways.set(knowledge, memo);
  const step = flow.steps[name];
  if (step === undefined) return 0;
  const remembered = memo.get(step);
  if (remembered !== undefined) return remembered;
  const onward = step.next.map((route) => {
    if (route.flow === undefined) return longestWay(knowledge, flow, route.go ?? '');
    const next = flowNamed(knowledge, route.flow);
    return longestWay(knowledge, next, next.start);
  });
  const length = (step.policy === undefined ? 1 : 0) + Math.max(0, ...onward);
  memo.set(step, length);
  return length;
}
