import type { FactValue } from '../../src/conversation/fact.ts';
import { flowPolicies } from '../../src/conversation/policies.ts';
import { questionsOf } from '../../src/conversation/walk.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Flow, Question } from '../../src/knowledge/schema/flow.ts';
import { unsure } from '../../src/knowledge/schema/ids.ts';

/** One step that was answered on the way. */
export interface Answer {
  readonly step: string;
  readonly values: Readonly<Record<string, FactValue>>;
}

/** One way through a flow, from its start to an outcome. */
export interface Way {
  readonly flow: string;
  /** What is known before the first question: facts that a policy of the flow reads and no step asks. */
  readonly known: Readonly<Record<string, FactValue>>;
  readonly answers: readonly Answer[];
  /** `<flow>/<step>#<index of the route>`, in order. */
  readonly edges: readonly string[];
  /** `<flow>/<outcome>`. */
  readonly outcome: string;
  /** `<flow>/<step>=<answer>`, for each answer given. */
  readonly given: readonly string[];
}

/** The day the policies compute for. */
const at = '2026-11-22T09:00:00.000Z';

/** A number of each size the rules distinguish. Source: the thresholds in editions.yaml and cals.yaml. */
const numbers: readonly FactValue[] = [3, 30, 200, unsure];

/**
 * A small set of ways that takes every route, reaches every outcome and gives every answer of a choice that the flow has.
 * It reads the graph by itself and does not ask `walk`, so that the two can be compared.
 */
export function coveringWays(knowledge: Knowledge, flow: Flow): readonly Way[] {
  const missing = new Set<string>();
  const chosen: Way[] = [];
  const all = [...new Explorer(knowledge, flow).ways()];
  for (const way of all) for (const item of items(way, flow)) missing.add(item);
  const byLength = all.toSorted((a, b) => a.answers.length - b.answers.length);
  while (missing.size > 0) {
    const gain = (way: Way) => items(way, flow).filter((item) => missing.has(item)).length;
    const best = byLength.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const item of items(best, flow)) missing.delete(item);
    chosen.push(best);
  }
  return chosen;
}

/** Every route and outcome a flow has, named as in a `Way`. */
export function edgesOf({ flow, steps, outcomes }: Flow): {
  readonly routes: readonly string[];
  readonly outcomes: readonly string[];
} {
  return {
    routes: Object.entries(steps).flatMap(([step, { next }]) => next.map((_, index) => `${flow}/${step}#${index}`)),
    outcomes: Object.keys(outcomes).map((id) => `${flow}/${id}`),
  };
}

function items(way: Way, { flow }: Flow): readonly string[] {
  return [...way.edges, ...way.given, way.outcome].filter((item) => item.startsWith(`${flow}/`));
}

interface Point {
  readonly flow: Flow;
  readonly step: string;
  readonly values: ReadonlyMap<string, FactValue>;
  readonly way: Omit<Way, 'outcome'>;
  /** Set once the way has left what is explored: it goes straight on to an end. */
  readonly straight: boolean;
}

/** Explores one flow: answers that lead the same way are tried once each, all others in every combination. */
class Explorer {
  readonly #knowledge: Knowledge;
  readonly #flow: Flow;
  readonly #tried = new Set<string>();

  constructor(knowledge: Knowledge, flow: Flow) {
    this.#knowledge = knowledge;
    this.#flow = flow;
  }

  *ways(): Generator<Way> {
    for (const known of this.#knownBefore())
      yield* this.#again(new Map(Object.entries(known)), { known, answers: [], given: [] }, false);
  }

  /** One start for each path of a code where a policy reads the code and no step asks for it; else one with nothing known. */
  #knownBefore(): readonly Readonly<Record<string, FactValue>>[] {
    const steps = Object.entries(this.#flow.steps);
    const asked = steps.flatMap(([name]) => questionsOf(this.#flow, name));
    const needed = steps.flatMap(([, { policy }]) => (policy === undefined ? [] : (flowPolicies[policy]?.needs ?? [])));
    return needed.includes('error-code') && !asked.includes('error-code')
      ? this.#valuesOf('error-code', 1).map((code) => ({ 'error-code': code }))
      : [{}];
  }

  /** Facts decide from the start anew, as an answer may send an earlier step another way. */
  #again(
    values: ReadonlyMap<string, FactValue>,
    said: Pick<Way, 'known' | 'answers' | 'given'>,
    straight: boolean,
  ): Generator<Way> {
    return this.#from({
      flow: this.#flow,
      step: this.#flow.start,
      values,
      way: { flow: this.#flow.flow, ...said, edges: [] },
      straight,
    });
  }

  *#from(point: Point): Generator<Way> {
    const { flow, step: name, values, way } = point;
    const step = flow.steps[name];
    if (step === undefined) {
      yield { ...way, outcome: `${flow.flow}/${name}` };
    } else if (step.policy !== undefined) {
      const computed = flowPolicies[step.policy]?.run(this.#knowledge, values, at);
      yield* this.#onward({ ...point, values: new Map(values).set(name, computed?.value ?? '') });
    } else if (questionsOf(flow, name).every((question) => values.has(question))) {
      yield* this.#onward(point);
    } else {
      const answers = this.#answers(point);
      for (const { given, straight } of point.straight ? answers.slice(0, 1) : answers) {
        const names = Object.values(given).map((value) => `${flow.flow}/${name}=${value}`);
        const said = {
          known: way.known,
          answers: [...way.answers, { step: name, values: given }],
          given: [...way.given, ...names],
        };
        yield* this.#again(this.#valuesWith(values, given), said, point.straight || straight);
      }
    }
  }

  /** The said values with the new ones, without what steps have computed. */
  #valuesWith(
    values: ReadonlyMap<string, FactValue>,
    given: Readonly<Record<string, FactValue>>,
  ): ReadonlyMap<string, FactValue> {
    const said = [...values].filter(([name]) => this.#knowledge.questions.has(name));
    return new Map([...said, ...Object.entries(given)]);
  }

  *#onward(point: Point): Generator<Way> {
    const { flow, step, values, way } = point;
    const routes = flow.steps[step]?.next ?? [];
    const index = routes.findIndex(({ when }) =>
      Object.entries(when ?? {}).every(([name, accepted]) => accepted.includes(String(values.get(name)))),
    );
    const route = routes[index];
    const next = route?.flow === undefined ? flow : this.#knowledge.flows.get(route.flow);
    if (route === undefined || next === undefined) throw new Error(`${flow.flow}/${step} leads nowhere`);
    const edges = [...way.edges, `${flow.flow}/${step}#${index}`];
    yield* this.#from({
      ...point,
      flow: next,
      step: route.flow === undefined ? (route.go ?? '') : next.start,
      way: { ...way, edges },
      straight: point.straight || next !== this.#flow,
    });
  }

  /** The answers to try at a step; `straight` marks one that leads where another leads already. */
  #answers({
    flow,
    step,
  }: Point): readonly { readonly given: Readonly<Record<string, FactValue>>; readonly straight: boolean }[] {
    const open = questionsOf(flow, step);
    const combinations = open.reduce<readonly Readonly<Record<string, FactValue>>[]>(
      (all, id) => all.flatMap((given) => this.#valuesOf(id, open.length).map((value) => ({ ...given, [id]: value }))),
      [{}],
    );
    const seen = new Set<string>();
    return combinations.flatMap((given) => {
      const kind = Object.entries(given)
        .map(([id, value]) => this.#kindOf(id, value))
        .join();
      const straight = seen.has(kind);
      seen.add(kind);
      const key = `${flow.flow}/${step}=${JSON.stringify(given)}`;
      const repeated = straight && this.#tried.has(key);
      this.#tried.add(key);
      return repeated ? [] : [{ given, straight }];
    });
  }

  #valuesOf(id: string, together: number): readonly FactValue[] {
    const question = this.#knowledge.questions.get(id);
    if (question === undefined) return [];
    switch (question.asks) {
      case 'choice':
        return together > 1
          ? [...(question.choices ?? []).slice(0, 1), ...(question.choices ?? []).slice(-1), unsure]
          : [...(question.choices ?? []), unsure];
      case 'number':
        return [
          ...new Set(
            (together > 2 ? numbers.slice(0, 2) : numbers).map((value) =>
              typeof value === 'number' ? Math.min(value, question.max ?? value) : value,
            ),
          ),
        ];
      case 'code':
        return [...new Map([...this.#knowledge.codes.values()].map(({ path, code }) => [path, code])).values(), unsure];
      case 'text':
        return ['as written on the slip'];
      default:
        return question.asks satisfies never;
    }
  }

  /** Answers of one kind are told apart by no route and by no policy of the flow. */
  #kindOf(id: string, value: FactValue): string {
    const question = this.#knowledge.questions.get(id);
    const steps = Object.values(this.#flow.steps);
    const conditions = steps.flatMap(({ next }) => next.flatMap(({ when }) => when?.[id] ?? []));
    const computes = steps.some(
      ({ policy }) => policy !== undefined && (flowPolicies[policy]?.needs ?? []).includes(id),
    );
    return conditions.includes(String(value)) || question?.asks === 'code' || (computes && isSample(question, value))
      ? String(value)
      : 'another';
  }
}

/** The ends, the middle and "I don't know" of a list that a policy reads. */
function isSample(question: Question | undefined, value: FactValue): boolean {
  const choices = question?.choices;
  if (choices === undefined) return true;
  return [choices[0], choices[Math.floor(choices.length / 2)], choices.at(-1), unsure].includes(String(value));
}
