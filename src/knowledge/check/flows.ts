import type { Problem } from '../../errors.ts';
import { closest } from '../closest.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Flow, Route, Step } from '../schema/flow.ts';
import { reservedSteps, unsure } from '../schema/ids.ts';
import type { PolicyFacts, ProblemAt } from './report.ts';

/** Every flow: its names, its targets, what its routes compare; then the whole graph: no cycle, nothing unreachable. */
export function checkFlows(knowledge: Knowledge, policies: PolicyFacts, at: ProblemAt): readonly Problem[] {
  const problems: Problem[] = [];
  for (const flow of knowledge.flows.values()) problems.push(...new FlowCheck(knowledge, policies, at, flow).run());
  return problems.length > 0 ? problems : checkGraph(knowledge, at);
}

class FlowCheck {
  readonly #knowledge: Knowledge;
  readonly #policies: PolicyFacts;
  readonly #flow: Flow;
  readonly #file: string;
  readonly #at: ProblemAt;
  readonly #problems: Problem[] = [];

  constructor(knowledge: Knowledge, policies: PolicyFacts, at: ProblemAt, flow: Flow) {
    this.#knowledge = knowledge;
    this.#policies = policies;
    this.#at = at;
    this.#flow = flow;
    this.#file = `flows/${flow.flow}.yaml`;
  }

  run(): readonly Problem[] {
    const { start, steps, outcomes } = this.#flow;
    if (steps[start] === undefined)
      this.#report(['start'], `there is no step ${start}${closest(start, Object.keys(steps))}`);
    for (const [name, step] of Object.entries(steps)) this.#checkStep(name, step);
    for (const [id, outcome] of Object.entries(outcomes)) {
      if (steps[id] !== undefined) this.#report(['outcomes', id], 'a step has this name too: rename one');
      if (outcome.verdict !== undefined && steps[outcome.verdict]?.policy === undefined)
        this.#report(['outcomes', id, 'verdict'], 'name a step that computes by a policy');
      if (outcome.offers !== undefined && !this.#knowledge.flows.has(outcome.offers))
        this.#report(['outcomes', id, 'offers'], `there is no flow ${outcome.offers}`);
    }
    return this.#problems;
  }

  #report(path: readonly PropertyKey[], message: string): void {
    this.#problems.push(this.#at(this.#file, path, message));
  }

  #checkStep(name: string, step: Step): void {
    const path = ['steps', name];
    if (reservedSteps.some((reserved) => reserved === name))
      this.#report(path, 'this name belongs to the buttons: rename the step');
    if (step.policy !== undefined) this.#checkPolicy(path, step.policy);
    else
      for (const question of this.#questions(name, step)) {
        if (!this.#knowledge.questions.has(question))
          this.#report(
            path,
            `there is no question ${question} in questions.yaml${closest(question, this.#knowledge.questions.keys())}`,
          );
      }
    this.#checkSharedName(name, step);
    if (step.next.at(-1)?.when !== undefined)
      this.#report(
        [...path, 'next'],
        'the last route has a condition: add one without `when`, so that no answer is a dead end',
      );
    for (const [index, route] of step.next.entries()) {
      this.#checkRoute([...path, 'next', index], route, index < step.next.length - 1);
    }
  }

  #questions(name: string, step: Step): readonly string[] {
    return step.form ?? [step.ask ?? name];
  }

  #checkPolicy(path: readonly PropertyKey[], name: string): void {
    const policy = this.#policies[name];
    if (policy === undefined) {
      this.#report([...path, 'policy'], `there is no policy ${name}${closest(name, Object.keys(this.#policies))}`);
      return;
    }
    for (const question of policy.needs) {
      if (!this.#knowledge.questions.has(question))
        this.#report(
          [...path, 'policy'],
          `the policy ${name} needs the question ${question}, which questions.yaml does not have`,
        );
    }
  }

  /** A button carries a step's name alone, so one name must ask the same wherever it stands. */
  #checkSharedName(name: string, step: Step): void {
    for (const other of this.#knowledge.flows.values()) {
      const twin = other.steps[name];
      if (twin === undefined || other === this.#flow) continue;
      const same =
        twin.policy === step.policy && this.#questions(name, twin).join() === this.#questions(name, step).join();
      if (!same)
        this.#report(
          ['steps', name],
          `flows/${other.flow}.yaml has a step of this name that asks something else: rename one`,
        );
    }
    const asks = this.#questions(name, step);
    if (this.#knowledge.questions.has(name) && (step.policy !== undefined || asks.join() !== name))
      this.#report(['steps', name], 'a question has this name: rename the step');
  }

  #checkRoute(path: readonly PropertyKey[], route: Route, more: boolean): void {
    const { go, flow, when } = route;
    if (when === undefined && more)
      this.#report(path, 'the routes after this one are never taken: give it a condition or remove them');
    const targets = [...Object.keys(this.#flow.steps), ...Object.keys(this.#flow.outcomes)];
    if (go !== undefined && !targets.includes(go))
      this.#report([...path, 'go'], `there is no step or outcome ${go}${closest(go, targets)}`);
    if (flow !== undefined && !this.#knowledge.flows.has(flow))
      this.#report([...path, 'flow'], `there is no flow ${flow}${closest(flow, this.#knowledge.flows.keys())}`);
    for (const [name, values] of Object.entries(when ?? {}))
      this.#checkCondition([...path, 'when', name], name, values);
  }

  #checkCondition(path: readonly PropertyKey[], name: string, values: readonly string[]): void {
    const possible = this.#possibleValues(name);
    if (possible === undefined) {
      this.#report(path, `${name} is neither a question nor a computed step of this flow`);
      return;
    }
    for (const value of values) {
      if (!possible.includes(value)) this.#report(path, `${name} is never ${value}${closest(value, possible)}`);
    }
  }

  #possibleValues(name: string): readonly string[] | undefined {
    const policy = this.#flow.steps[name]?.policy;
    if (policy !== undefined) return this.#policies[policy]?.results;
    const question = this.#knowledge.questions.get(name);
    return question === undefined ? undefined : [...(question.choices ?? []), unsure];
  }
}

/** Cycles, and steps or outcomes that no way leads to. */
function checkGraph(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  const problems: Problem[] = [];
  const reached = new Set<string>();
  const onWay = new Set<string>();
  const visit = (flow: Flow, name: string): void => {
    const key = `${flow.flow}/${name}`;
    if (onWay.has(key))
      problems.push(
        at(
          `flows/${flow.flow}.yaml`,
          ['steps', name],
          'a way leads back here: flows have no cycles, a new try is a new round',
        ),
      );
    if (onWay.has(key) || reached.has(key)) return;
    reached.add(key);
    onWay.add(key);
    for (const route of flow.steps[name]?.next ?? []) {
      const next = route.flow === undefined ? flow : knowledge.flows.get(route.flow);
      if (next !== undefined) visit(next, route.flow === undefined ? (route.go ?? '') : next.start);
    }
    onWay.delete(key);
  };
  for (const flow of knowledge.flows.values()) visit(flow, flow.start);
  for (const flow of knowledge.flows.values()) {
    for (const part of ['steps', 'outcomes'] as const) {
      for (const name of Object.keys(flow[part])) {
        if (!reached.has(`${flow.flow}/${name}`))
          problems.push(at(`flows/${flow.flow}.yaml`, [part, name], 'no way leads here: route to it or remove it'));
      }
    }
  }
  return problems;
}
