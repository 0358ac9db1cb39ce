import { z } from 'zod';
import { Desk, Id, SourceId } from './ids.ts';

/** One entry of `knowledge/questions.yaml`. Its sentences are in `knowledge/text/<locale>/questions.yaml`. */
export const Question = z
  .strictObject({
    id: Id,
    asks: z.enum(['choice', 'number', 'text', 'code'], 'say choice, number, text or code'),
    choices: z.array(Id).min(2).max(24, 'at most 24 choices: a menu holds 25, and "I don\'t know" is one').optional(),
    /** Lasting facts stay for the next round (an edition); momentary ones do not (the result of a command). */
    lasting: z.boolean('say true or false'),
    max: z.number().int().positive().optional(),
  })
  .refine((question) => (question.asks === 'choice') === (question.choices !== undefined), {
    message: 'a choice question lists its choices, and only a choice question does',
    path: ['choices'],
  });
export type Question = z.infer<typeof Question>;
export const Questions = z.strictObject({ questions: z.array(Question).min(1) });

/** Where an answer leads. Exactly one of `go` (a step or outcome of this flow) and `flow` (the start of another). */
const Route = z
  .strictObject({
    when: z.record(Id, z.array(z.string()).min(1)).optional(),
    go: Id.optional(),
    flow: Id.optional(),
  })
  .refine((route) => (route.go === undefined) !== (route.flow === undefined), 'give either go or flow');
export type Route = z.infer<typeof Route>;

/** One step: it asks a question (its own name unless `ask` names another), a form of several, or computes a fact by a policy. */
const Step = z
  .strictObject({
    ask: Id.optional(),
    form: z.array(Id).min(2).max(5, 'a form holds five fields on the smallest platform').optional(),
    policy: Id.optional(),
    next: z.array(Route).min(1),
  })
  .refine(
    (step) => [step.ask, step.form, step.policy].filter((kind) => kind !== undefined).length <= 1,
    'a step asks, shows a form, or computes: one of the three',
  );
export type Step = z.infer<typeof Step>;

/** Where a flow ends: with something to do (`fix`), with what is so (`answer`), or at a desk. */
const Outcome = z.strictObject({
  ends: z.enum(['fix', 'answer', 'desk'], 'say fix, answer or desk'),
  desk: Desk,
  /** The computed fact whose verdict is shown. */
  verdict: Id.optional(),
  /** The flow offered next. */
  offers: Id.optional(),
  sources: z.array(SourceId).min(1, 'name at least one source'),
});
export type Outcome = z.infer<typeof Outcome>;

/** One file of `knowledge/flows/`. Steps and outcomes share one set of names. */
export const Flow = z.strictObject({
  flow: Id,
  /** The place in the menu; a flow without one is reached by its codes, by words and from other flows. */
  menu: z.int('write a whole number').positive().optional(),
  start: Id,
  steps: z.record(Id, Step),
  outcomes: z.record(Id, Outcome),
});
export type Flow = z.infer<typeof Flow>;
