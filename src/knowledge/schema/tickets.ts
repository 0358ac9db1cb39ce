import { z } from 'zod';
import { desks, Id } from './ids.ts';
import { buttonLimit, formLabelLimit, formTitleLimit, optionLimit, Text } from './text.ts';

export const fieldKinds = ['text', 'paragraph', 'email', 'number', 'day', 'choice', 'last-five'] as const;

/** Something a ticket needs that no flow asks. Its words are in `text/<locale>/tickets.yaml`. */
const TicketField = z
  .strictObject({
    id: Id,
    kind: z.enum(fieldKinds, `say ${fieldKinds.join(', ')}`),
    choices: z.array(Id).min(2).max(24, 'at most 24 choices fit a menu').optional(),
    max: z.number().int().positive().optional(),
    /** Needed only where another field has one of these values. */
    when: z.record(Id, z.array(z.string()).min(1)).optional(),
  })
  .refine((field) => (field.kind === 'choice') === (field.choices !== undefined), {
    message: 'a choice lists its choices, and only a choice does',
    path: ['choices'],
  });
export type TicketField = z.infer<typeof TicketField>;

const Gate = z.strictObject({
  fields: z.array(Id),
  /** Questions of the flows, whose facts the ticket needs. */
  questions: z.array(Id),
  /** Ways to say the same thing: the first is asked first, the next where the person does not know it. */
  either: z.array(z.array(Id).min(1)).min(2).optional(),
});
export type Gate = z.infer<typeof Gate>;

/** `knowledge/tickets.yaml`: what each desk needs so that it has no further question. */
export const TicketRules = z.strictObject({
  fields: z.array(TicketField).min(1),
  everywhere: Gate.pick({ fields: true }),
  desks: z.strictObject(
    Object.fromEntries(desks.map((desk) => [desk, Gate])) as Record<(typeof desks)[number], typeof Gate>,
  ),
  /** Questions whose answers are things done, and answers that rule a cause out. */
  attempts: z.array(Id),
  'rules-out': z.record(Id, z.array(z.string()).min(1)),
});
export type TicketRules = z.infer<typeof TicketRules>;

const words = (limit: number) => z.string('write it in words').min(1).max(limit, `at most ${limit} characters fit`);
const Section = z.strictObject({ label: words(40), parts: z.array(Text).min(1) });

/** What can be wrong with what was typed into a field. */
export const detailProblems = [
  'needs-text',
  'too-long',
  'needs-choice',
  'needs-number',
  'needs-email',
  'needs-day',
  'needs-last-five',
  'needs-reason',
] as const;
export type DetailProblem = (typeof detailProblems)[number];

/** The states of a handoff that a person sees (see `HandoffState`). */
export const handoffPhrases = [
  'cancelled',
  'draft',
  'fix-first',
  'preview',
  'chosen',
  'consent',
  'queued',
  'delayed',
  'held',
  'created',
  'created-unnumbered',
  'replied',
  'replied-by',
  'answer-here',
  'waiting',
  'key-issued',
  'resolved',
  'works-now',
  'reopened',
  'answered',
  'answered-by',
  'answer-arrived',
  'answer-held',
  'answer-lost',
  'dead',
  'claimed',
  'released',
  'called',
  'call',
  'taken',
  'solved',
  'withdrawn',
  'preparing',
  'note-by',
  'aside-by',
  'no-desk',
] as const;

/** The buttons of a handoff. */
export const handoffButtons = [
  'fill',
  'send',
  'edit',
  'files',
  'cancel',
  'anyway',
  'continue',
  'works',
  'failing',
  'claim',
  'release',
  'note',
  'answer',
] as const;
export type HandoffButton = (typeof handoffButtons)[number];
export type HandoffPhrase = (typeof handoffPhrases)[number];

/** Everything a ticket says, in one language. A part whose placeholder has no value is left out, and so is an empty section. */
export const TicketTexts = z.strictObject({
  fields: z.record(
    Id,
    z.strictObject({
      label: words(formLabelLimit),
      hint: words(100).optional(),
      choices: z.record(z.string(), words(optionLimit)).optional(),
    }),
  ),
  /** By the choices of the field `ask`. */
  asks: z.record(Id, z.strictObject({ short: Text, request: Text })),
  subject: z.strictObject({ tag: Text, parts: z.array(Text).min(1) }),
  /** What stands between the parts of a line, and between the entries of a list. */
  join: z.string(),
  list: z.string(),
  opening: z.strictObject({ customer: Text, msp: Text }),
  head: z.array(Section),
  sections: z.array(Section),
  closing: z.array(Text),
  entries: z.strictObject({ tried: Text, attempt: Text, fact: Text, unknown: Text, file: Text }),
  problems: z.strictObject(
    Object.fromEntries(detailProblems.map((problem) => [problem, words(150)])) as Record<
      DetailProblem,
      ReturnType<typeof words>
    >,
  ),
  preflight: z.strictObject({
    'expired-evaluation': Text,
    'kms-client': Text,
    'edition-mismatch': Text,
    'no-ticket': Text,
  }),
  'see-file': Text,
  'change-what': words(optionLimit),
  'form-title': words(formTitleLimit),
  'note-label': words(formLabelLimit),
  'answer-label': words(formLabelLimit),
  'answer-hint': words(100),
  /** The last line of what somebody answers a desk; `mark` tells it from every other. */
  'answer-footer': Text,
  /** Why something is not known, where no reason was given. */
  unexplained: words(60),
  /** The heading of each kind of speaker in the transcript. */
  speakers: z.strictObject({ requester: words(40), helper: words(40), agent: words(40), bot: words(40) }),
  buttons: z.strictObject(
    Object.fromEntries(handoffButtons.map((button) => [button, words(buttonLimit)])) as Record<
      HandoffButton,
      ReturnType<typeof words>
    >,
  ),
  states: z.strictObject(
    Object.fromEntries(handoffPhrases.map((phrase) => [phrase, Text])) as Record<HandoffPhrase, typeof Text>,
  ),
});
export type TicketTexts = z.infer<typeof TicketTexts>;
