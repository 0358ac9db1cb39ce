import { z } from 'zod';
import type { DeskFailure } from '../../src/ports/ticket-desk.ts';

/** What nodemailer tells of a failure: the step it failed in, and the server's answer where there was one. */
const SmtpError = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

/**
 * What a failed mail may have done. An answer of the server is definite: 5xx never, 4xx not now. Without an answer the mail
 * may have arrived once its content was asked for. Source: RFC 5321, 4.2.1 and 4.5.3.2.6.
 */
export function smtpFailure(host: string, error: unknown, contentAsked: boolean): DeskFailure {
  const { code = 'unknown', command = '', responseCode = 0 } = SmtpError.safeParse(error).data ?? {};
  const reason = `${host}: ${code}${responseCode === 0 ? '' : ` ${responseCode}`} at ${command.replace(/ .*/, '') || 'the connection'}`;
  if (responseCode >= 400) return answered(reason, responseCode, command);
  if (contentAsked) return { kind: 'ambiguous', reason };
  return code === 'EAUTH' || code === 'ENOAUTH' ? { kind: 'closed', reason } : { kind: 'retryable', reason };
}

/** A no to this mail, or, before any mail was spoken of, to all of them. */
function answered(reason: string, responseCode: number, command: string): DeskFailure {
  if (responseCode < 500) return { kind: 'retryable', reason };
  const ofThisMail = /^(MAIL|RCPT|DATA)/.test(command) && responseCode !== 530 && responseCode !== 535;
  return { kind: ofThisMail ? 'rejected' : 'closed', reason };
}
