import { redact } from '../reading/redact.ts';
import type { Comment } from './comment.ts';
import type { Ticket, TicketFile } from './ticket.ts';

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
    ...ticket.files.flatMap(({ name, type, text }): readonly (readonly [string, string])[] => [
      ...textsIn(type, text).map((each) => [`file ${redact(name).text}`, each] as const),
      ['file name', name],
    ]),
  ];
  const spread = ticket.files.filter(({ type, text }) => type === 'application/json' && holdsKey(text));
  const unsafe = [
    ...parts.filter(([, text]) => redact(text).text !== text).map(([name]) => name),
    ...spread.map(({ name }) => `file ${redact(name).text}`),
  ];
  return unsafe.length === 0 ? { kind: 'sealed' } : { kind: 'unsafe', parts: [...new Set(unsafe)] };
}

/** The same for a comment. */
export function sealComment({ subject, body, requester }: Comment): Seal {
  const parts = { subject, body, requester: `${requester.name}\n${requester.email}` };
  const unsafe = Object.entries(parts).filter(([, text]) => redact(text).text !== text);
  return unsafe.length === 0 ? { kind: 'sealed' } : { kind: 'unsafe', parts: unsafe.map(([name]) => name) };
}

/** A key may be spread over fields that stand beside each other; a password is what stands right behind its name. */
function holdsKey(text: string): boolean {
  const { password: _, token: __, ...keys } = redact(text).found;
  return Object.values(keys).some((count) => count > 0);
}

/** Of JSON, each string by itself: what stands beside it is no part of it. What cannot be read is one text. */
function textsIn(type: TicketFile['type'], text: string): readonly string[] {
  if (type !== 'application/json') return [text];
  const found: string[] = [];
  try {
    JSON.parse(text, (name, value) => {
      found.push(name, ...(typeof value === 'string' ? [value] : []));
      return value;
    });
  } catch {
    return [text];
  }
  return found;
}
