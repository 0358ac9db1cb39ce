import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Desk, unsure } from '../knowledge/schema/ids.ts';
import type { Told } from '../reading/understand.ts';
import type { Locale } from '../text/locale.ts';
import type { FirstAnswer } from './answer.ts';
import type { Conversation, RoundResult } from './conversation.ts';
import type { Answered, Decision, Effect, Saying } from './effect.ts';
import type { Event } from './event.ts';
import { type Fact, type FactValue, factsOf, isAnswer, type Origin } from './fact.ts';
import { type Progress, progressAt, stepQuestions, type Walk, walk } from './walk.ts';

export type Answers = Readonly<Record<string, FactValue>>;

/** A turn in the making: the next state of the conversation and the effects so far. Lives for one call of `takeTurn`. */
export class Draft {
  readonly #knowledge: Knowledge;
  readonly #event: Event;
  readonly #before: Conversation;
  readonly #effects: Effect[] = [];
  #next: Conversation;
  /** The newest walk: it holds as long as facts and round are the same. */
  #walked: (Pick<Conversation, 'facts' | 'round'> & { readonly walk: Walk }) | undefined;

  constructor(knowledge: Knowledge, conversation: Conversation, event: Event) {
    this.#knowledge = knowledge;
    this.#event = event;
    this.#before = conversation;
    this.#next = { ...conversation, turn: conversation.turn + 1, lastAt: event.at, pending: null };
  }

  #emit(effect: Effect): this {
    this.#effects.push(effect);
    return this;
  }

  say(phrase: Saying): this {
    return this.#emit({ kind: 'say', phrase });
  }

  #done(): Decision {
    return { kind: 'turn', conversation: this.#next, effects: this.#effects };
  }

  open(flow: string): this {
    return this.#emit({ kind: 'open', flow, code: this.#code(), known: this.#known() });
  }

  learn(told: readonly (readonly [question: string, value: FactValue | null, origin: Origin])[]): void {
    this.#next = { ...this.#next, facts: this.#with(told) };
  }

  #with(told: Parameters<Draft['learn']>[0]): Fact[] {
    const { facts, turn } = this.#next;
    const { actor, at } = this.#event;
    return [
      ...facts,
      ...told.map(([question, value, origin]) => ({ question, value, origin, turn, by: actor.id, at })),
    ];
  }

  #known(): readonly Answered[] {
    return answeredOf(this.#walk());
  }

  /** What a paste told that the way to here did not ask: whoever takes over would ask for it. */
  #readBeside(): readonly Answered[] {
    const onTheWay = new Set(this.#known().map(({ question }) => question));
    return [...this.#facts().values()].flatMap(({ question, value, origin }) =>
      origin === 'read' && !onTheWay.has(question) ? [{ step: question, question, value, origin }] : [],
    );
  }

  /** The code the current round is about. */
  #code(): string | null {
    const fact = this.#facts().get('error-code');
    return typeof fact?.value === 'string' && fact.value !== unsure ? fact.value : null;
  }

  /** The step that stands asked, with its questions. */
  asked(): { readonly step: string; readonly questions: readonly string[] } | undefined {
    const step = this.#before.prompt;
    if (step === null) return undefined;
    const questions = stepQuestions(this.#knowledge, step);
    return questions.length === 0 ? undefined : { step, questions };
  }

  /** Asks the step the facts lead to, or concludes. */
  advance(): Decision {
    const walked = this.#walk();
    const { position, progress } = walked;
    if (position.kind === 'step') return this.#ask(position.step, position.questions, progress);
    this.#next = { ...this.#next, prompt: null };
    const { outcome, flow } = position;
    const triedBefore = outcome.ends === 'fix' && this.#next.closedRounds.some((round) => round.outcome === outcome.id);
    return this.#emit({ kind: 'conclude', flow, outcome, triedBefore, known: answeredOf(walked) }).#done();
  }

  /** Asks a step again, wherever the conversation stands; its answer is then a change. */
  askStep(step: string): Decision {
    const questions = stepQuestions(this.#knowledge, step);
    if (questions.length === 0) return { kind: 'refused', refusal: 'unknown-step' };
    return this.#ask(step, questions, progressAt(this.#walk(), step, this.#next.round.since));
  }

  #ask(step: string, questions: readonly string[], progress: Progress): Decision {
    const { turn, asked } = this.#next;
    this.#next = { ...this.#next, state: 'open', prompt: step, asked: { ...asked, [step]: turn } };
    return this.#emit({ kind: 'ask', step, questions, progress }).#done();
  }

  /** Takes an answer to a step. An earlier answer is changed at once where nothing else falls away, else after a yes. */
  answer(step: string, answers: Answers): Decision {
    for (const [id, value] of Object.entries(answers)) {
      const question = this.#knowledge.questions.get(id);
      if (question === undefined || !isAnswer(question, value)) return { kind: 'refused', refusal: 'unknown-step' };
    }
    const facts = this.#facts();
    const same = Object.entries(answers).every(([question, value]) => facts.get(question)?.value === value);
    if (same) return this.say('nothing-changed').advance();
    const learnt = this.#withAnswers(answers);
    const losing = this.#losing(facts, learnt, answers);
    if (losing.length === 0) return this.#apply(step, answers, learnt);
    this.#await({ step, answers });
    return this.#emit({ kind: 'confirm-change', step, losing }).#done();
  }

  #await({ step, answers }: { readonly step: string; readonly answers: Answers }): void {
    const { asked, turn } = this.#next;
    this.#next = { ...this.#next, pending: { step, answers: { ...answers } }, asked: { ...asked, change: turn } };
  }

  /** For what is said beside the flow: a change that waits for a yes goes on waiting. */
  #stillWaiting(): this {
    this.#next = { ...this.#next, pending: this.#before.pending };
    return this;
  }

  /** What becomes of a change that waited for a yes. */
  settleChange(confirmed: boolean): Decision {
    const { pending } = this.#before;
    if (pending === null) return this.advance();
    const { step, answers } = pending;
    return confirmed ? this.#apply(step, answers, this.#withAnswers(answers)) : this.say('kept').advance();
  }

  #withAnswers(answers: Answers): Fact[] {
    return this.#with(Object.entries(answers).map(([question, value]) => [question, value, 'said']));
  }

  #apply(step: string, answers: Answers, facts: Fact[]): Decision {
    this.#next = { ...this.#next, facts };
    return this.#settle(step, answers).advance();
  }

  /** Answers something beside the flow: the prompt that stands asked stays where it is. */
  answerBeside(answer: FirstAnswer): Decision {
    this.#stillWaiting();
    return (
      answer.kind === 'not-understood' ? this.say('not-understood') : this.#emit({ kind: 'answer', answer })
    ).#done();
  }

  /** What a paste or a sentence told. Where it contradicts what was said, the person is asked which is right. */
  takeReading(facts: readonly Told[], secretsRemoved: number): Decision {
    const known = this.#facts();
    const isContradiction = ({ question, value }: Told) => {
      const fact = known.get(question);
      return fact?.origin === 'said' && fact.value !== unsure && fact.value !== value;
    };
    const against = facts.filter(isContradiction);
    const agreed = facts.filter((fact) => !isContradiction(fact));
    this.learn(agreed.map(({ question, value, origin }) => [question, value, origin]));
    const read = agreed.map((fact) => ({ step: fact.question, ...fact }));
    this.#emit({ kind: 'acknowledge', read, secretsRemoved });
    if (against.length === 0) return this.#settleAsked().advance();
    const answers = Object.fromEntries(against.map(({ question, value }) => [question, value]));
    this.#await({ step: against[0]?.question ?? '', answers });
    const conflicts = against.map(({ question, value }) => ({
      question,
      said: known.get(question)?.value ?? '',
      read: value,
    }));
    return this.#emit({ kind: 'contradict', conflicts }).#done();
  }

  /** The reason of a state says less than the error somebody saw, so it does not speak against a known code. */
  withoutKnownCode(facts: readonly Told[]): readonly Told[] {
    return this.#code() === null ? facts : facts.filter(({ question }) => question !== 'error-code');
  }

  /** Goes on in another flow with all that is known, in the same round. */
  enter(flow: string): this {
    this.#next = { ...this.#next, round: { ...this.#next.round, flow } };
    return this;
  }

  /** Takes the last answer back; right after a person was asked for, that is what is taken back. */
  goBack(): Decision {
    const { person, lastAt } = this.#before;
    if (person !== null && person.at === lastAt) {
      this.#next = { ...this.#next, person: null };
      return this.advance();
    }
    const last = this.#walk().path.findLast((passed) => passed.kind === 'answered');
    if (last === undefined) return this.say('nothing-to-go-back').advance();
    this.#settleAsked();
    this.learn(last.facts.map((fact) => [fact.question, null, 'said']));
    return this.advance();
  }

  handOver(): Decision {
    const { position } = this.#walk();
    const desk = this.#desk();
    this.#next = { ...this.#next, person: { desk, at: this.#event.at } };
    return this.#emit({
      kind: 'hand-over',
      desk,
      known: [...this.#known(), ...this.#readBeside()],
      flow: position.flow,
      code: this.#code(),
      tried: this.#next.closedRounds,
    }).#done();
  }

  summarise(): Decision {
    const { position, progress } = this.#walk();
    return this.#stillWaiting()
      .#emit({
        kind: 'summarise',
        known: this.#known(),
        tried: this.#next.closedRounds,
        progress: position.kind === 'step' && this.#next.state === 'open' ? progress : null,
      })
      .#done();
  }

  letOthers(others: boolean): Decision {
    this.#next = { ...this.#next, others };
    return this.#stillWaiting()
      .say(others ? 'others-may-answer' : 'only-requester')
      .#done();
  }

  switchLanguage(locale: Locale): Decision {
    this.#next = { ...this.#next, locale };
    return this.#stillWaiting().advance();
  }

  startOver(): Decision {
    const questions = new Set(this.#next.facts.map((fact) => fact.question));
    this.#closeRound('started-over', this.#next.round.flow);
    this.learn([...questions].map((question) => [question, null, 'said']));
    return this.#settleAsked().say('restarted').advance();
  }

  closeRound(result: Exclude<RoundResult, 'started-over'>): Decision {
    return this.#walk().position.kind === 'outcome' ? this.endRound(result) : this.advance();
  }

  /** Ends the round wherever the diagnosis stands: as where a ticket decides it. */
  endRound(result: Exclude<RoundResult, 'started-over'>): Decision {
    const { flow } = this.#next.round;
    this.#closeRound(result, result === 'fixed' ? flow : 'activation');
    if (result !== 'fixed') return this.say('next-round').advance();
    this.#next = { ...this.#next, state: 'closed', prompt: null };
    return this.say('closed-fixed').#emit({ kind: 'close', result }).#done();
  }

  /** Says again that it is fixed, as to a second press of the same button. */
  stayClosed(): Decision {
    return this.say('closed-fixed').#done();
  }

  #closeRound(result: RoundResult, nextFlow: string): void {
    const { position } = this.#walk();
    const outcome = position.kind === 'outcome' ? position.outcome.id : null;
    const closed = { flow: position.flow, code: this.#code(), outcome, result, closedAt: this.#event.at };
    this.#next = {
      ...this.#next,
      closedRounds: [...this.#next.closedRounds, closed],
      round: { flow: nextFlow, since: this.#next.turn },
    };
  }

  /** The desk of the outcome reached, else of the code, else the customer's own administrators. */
  #desk(): Desk {
    const { position } = this.#walk();
    const reached = position.kind === 'outcome' ? position.outcome.desk : 'none';
    if (reached !== 'none') return reached;
    const code = this.#knowledge.codes.get(this.#code() ?? '')?.desk ?? 'none';
    return code === 'none' ? 'reseller' : code;
  }

  /** The answers on today's way that a change to `learnt` would leave behind. */
  #losing(known: ReadonlyMap<string, Fact>, learnt: Fact[], answers: Answers): readonly Answered[] {
    const kept = new Set(answeredOf(this.#walk(learnt)).map(({ question }) => question));
    const isLost = (question: string) => !kept.has(question) && !(question in answers);
    // Today's way passes only what is known, so it is walked only where something known is not on the new one.
    if (![...known.keys()].some(isLost)) return [];
    return answeredOf(walk(this.#knowledge, this.#next, this.#event.at)).filter(({ question }) => isLost(question));
  }

  #settleAsked(): this {
    const asked = this.asked();
    if (asked === undefined) return this;
    const facts = this.#facts();
    const values = Object.fromEntries(
      asked.questions.flatMap((question) => {
        const value = facts.get(question)?.value;
        return value === undefined ? [] : [[question, value]];
      }),
    );
    const answered = Object.keys(values).length === asked.questions.length;
    return this.#settle(asked.step, answered ? values : null);
  }

  #settle(step: string, values: Answers | null): this {
    const turn = this.#before.asked[step];
    if (turn === undefined) return this;
    return this.#emit({ kind: 'settle', turn, step, questions: stepQuestions(this.#knowledge, step), values });
  }

  #facts(): ReadonlyMap<string, Fact & { value: FactValue }> {
    return factsOf(this.#knowledge, this.#next.facts, this.#next.round.since);
  }

  #walk(facts = this.#next.facts): Walk {
    const { round } = this.#next;
    if (this.#walked?.facts !== facts || this.#walked.round !== round) {
      this.#walked = { facts, round, walk: walk(this.#knowledge, { facts, round }, this.#event.at) };
    }
    return this.#walked.walk;
  }
}

function answeredOf({ path }: Walk): readonly Answered[] {
  return path.flatMap(({ step, facts }) =>
    facts.map(({ question, value, origin }) => ({ step, question, value, origin })),
  );
}
