/** What the text of a ticket may name besides fields and questions; `src/handoff/ticket-values.ts` computes them. */
export const computedValues = [
  'number',
  'severity',
  'product',
  'productShort',
  'codeTitle',
  'askShort',
  'askRequest',
  'senderName',
  'timeZone',
  'opened',
  'tried',
  'ruledOut',
  'notKnown',
  'alsoKnown',
  'files',
  'leftOut',
] as const;
export type ComputedValue = (typeof computedValues)[number];

/** The placeholder of a field or a question: `contact-email` is `{contactEmail}`. */
export function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
