import { z } from 'zod';
import { Id } from './ids.ts';
import { RuleId } from './rules.ts';

/** Units a number may have. */
export const units = ['users', 'devices', 'cores', 'processors', 'vms', 'servers', 'days', 'admins'] as const;
export type Unit = (typeof units)[number];

/** What is seen in a question beside its terms: versions, editions, and numbers with their unit. */
export const signs: readonly string[] = [
  'version',
  'two-versions',
  'edition',
  'two-editions',
  ...units.map((unit) => `n-${unit}`),
];

/** Which question a version or an edition answers: the one beside a word of the role, or else the next that is left. */
const Slot = z.strictObject({
  role: Id.optional(),
  /** Where the word of the role stands, where only one side counts: `to` before its version, に after it. */
  side: z.enum(['before', 'after']).optional(),
  /** Of several versions the newest is meant: whoever uses several servers is judged by it. */
  newest: z.boolean().optional(),
  question: Id,
});
export type Slot = z.infer<typeof Slot>;

/** Terms and signs that together make a question one about this topic. The largest set found in a question wins. */
const About = z.array(z.array(Id).min(1)).min(1, 'list at least one set of terms');

const Common = {
  id: Id,
  about: About,
  /** Terms any of which make it a question about something else. */
  unless: z.array(Id).min(1).optional(),
  flow: Id,
  /** Answers the flow begins with, so that it leads to the topic. */
  opens: z.record(Id, z.string()).optional(),
  /** Choice questions whose words (`words.yaml`) are looked for. */
  reads: z.array(Id).optional(),
};

/** A topic a policy answers, from what is read in the question. */
const Computed = z.strictObject({
  ...Common,
  policy: Id,
  versions: z.array(Slot).optional(),
  editions: z.array(Slot).optional(),
  counts: z.partialRecord(z.enum(units), Id).optional(),
  /** Answers taken for granted for the verdict, once anything was read: who asks for a server's cores means one processor. The flow asks. */
  assumes: z.record(Id, z.union([z.string(), z.number().int()])).optional(),
});

/** A topic one rule answers, whatever the numbers. */
const Fixed = z.strictObject({ ...Common, rule: RuleId });

/** One entry of `knowledge/topics.yaml`. */
export const Topic = z.union([Computed, Fixed], 'give either a policy or a rule');
export type Topic = z.infer<typeof Topic>;
export type ComputedTopic = z.infer<typeof Computed>;
export type FixedTopic = z.infer<typeof Fixed>;
export const Topics = z.strictObject({ topics: z.array(Topic).min(1) });
