import { redact } from '../reading/redact.ts';
import type { Ticket } from './ticket.ts';

/** Whether a finished ticket may leave. `unsafe` names the parts in which a secret still stands, never the secret. */
export type Seal = { readonly kind: 'sealed' } | { readonly kind: 'unsafe'; readonly parts: readonly string[] };

/**
 * The second scan. Everything in a ticket was redacted when it came in; what is found now was put together on the way.
 * It fails closed: an unsafe ticket is not sent and not mended, a person looks at it.
 */
export function sealTicket(ticket: Ticket): Seal {
  const parts: readonly (readonly [name: string, text: string])[] = [
    ['subject', ticket.subject],
    ['body', ticket.body],
    ['requester', `${ticket.requester.name}\n${ticket.requester.email}`],
    ...ticket.files.flatMap(({ name, text }): readonly (readonly [string, string])[] => [
      [`file ${redact(name).text}`, text],
      ['file name', name],
    ]),
  ];
  const unsafe = parts.filter(([, text]) => redact(text).text !== text).map(([name]) => name);
  return unsafe.length === 0 ? { kind: 'sealed' } : { kind: 'unsafe', parts: [...new Set(unsafe)] };
}
