import { z } from 'zod';
import { Desk } from '../knowledge/schema/ids.ts';

/** One field of a ticket: a value, or that it is not known and why. `configured` came with the desk's configuration. */
export const Detail = z.strictObject({
  value: z.string().nullable(),
  why: z.string().nullable(),
  origin: z.enum(['said', 'configured']),
  by: z.string(),
  at: z.string(),
});
export type Detail = z.infer<typeof Detail>;

/** What is known beside the facts of the flows, by field of `knowledge/tickets.yaml`. */
export const Details = z.record(z.string(), Detail);
export type Details = z.infer<typeof Details>;

/** A person's yes to exactly what was shown: the text agreed to, when, by whom, for whom. */
export const Consent = z.strictObject({
  text: z.string(),
  at: z.string(),
  by: z.string(),
  recipient: z.strictObject({ name: z.string(), country: z.string() }),
});
export type Consent = z.infer<typeof Consent>;

/** What a desk's people said about a ticket, redacted. `keyEndings`: the last five characters of each key they issued. */
export const DeskWord = z.strictObject({
  by: z.string().nullable(),
  text: z.string().nullable(),
  keyEndings: z.array(z.string()),
});
export type DeskWord = z.infer<typeof DeskWord>;

/** Where a ticket stands once its desk has spoken of it. */
export const toldStages = ['replied', 'waiting', 'key-issued', 'resolved', 'reopened'] as const;
export type ToldStage = (typeof toldStages)[number];

/** What became of an answer to a desk: `held` where nobody can know whether it arrived. */
export const answerFates = ['arrived', 'held', 'lost'] as const;
export type AnswerFate = (typeof answerFates)[number];

/** What is stored of a case on its way to a desk. */
export const HandoffState = z.strictObject({
  /** Counts the tickets of a conversation: a case that is sent to another desk gets the next. */
  generation: z.number(),
  desk: Desk,
  /** The desk's name in DESK_CONFIG; null where no route fits and the case is copied. */
  to: z.string().nullable(),
  /** The round it is about, by its first turn. */
  round: z.number(),
  stage: z.enum([
    'fix-first',
    'gathering',
    'preview',
    'queued',
    'delayed',
    'held',
    'created',
    'dead',
    'copied',
    'cancelled',
    ...toldStages,
    'answered',
  ]),
  details: Details,
  /** The lead who went past the fix that came first. */
  overriddenBy: z.string().nullable(),
  /** The fingerprint of what the newest preview showed, and to whom it would go. */
  shown: z.string().nullable(),
  consent: Consent.nullable(),
  /** That of the ticket as it was sent: an answer by mail repeats it. Null where the ticket was sent before answers were. */
  subject: z.string().nullable().default(null),
  ticket: z.strictObject({ number: z.string().nullable(), url: z.string().nullable() }).nullable(),
  /** The newest the desk said. */
  word: DeskWord.nullable().default(null),
  tries: z.number(),
  at: z.string(),
});
export type HandoffState = z.infer<typeof HandoffState>;

/** What came back from the desk about a ticket. */
export type TicketNews =
  | { readonly kind: 'created'; readonly ticket: { readonly number: string | null; readonly url: string | null } }
  | { readonly kind: 'delayed'; readonly tries: number }
  | { readonly kind: 'held' | 'dead' }
  | { readonly kind: ToldStage; readonly word: DeskWord };

/** What became of the answer that was given at `answeredAt`, at the desk of that name in DESK_CONFIG. */
export interface AnswerNews {
  readonly kind: 'answer';
  readonly fate: AnswerFate;
  readonly desk: string;
  readonly answeredAt: string;
}

/** Who has taken the conversation from the bot. While somebody has it the bot answers presses, and no text. */
export const Claim = z.strictObject({ by: z.string(), at: z.string() });
export type Claim = z.infer<typeof Claim>;
