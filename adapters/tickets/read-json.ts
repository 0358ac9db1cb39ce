import type { z } from 'zod';
import type { DeskFailure } from '../../src/ports/ticket-desk.ts';
import type { HttpAnswer } from './http-call.ts';

/** What an answer holds, or that it may have been done although the answer cannot be read. */
export function readJson<Schema extends z.ZodType>(
  { text }: HttpAnswer,
  schema: Schema,
): { readonly kind: 'value'; readonly value: z.output<Schema> } | DeskFailure {
  const result = schema.safeParse(parsed(text));
  return result.success
    ? { kind: 'value', value: result.data }
    : { kind: 'ambiguous', reason: 'the answer cannot be read' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
