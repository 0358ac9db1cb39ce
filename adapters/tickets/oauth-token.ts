import { z } from 'zod';
import type { DeskFailure } from '../../src/ports/ticket-desk.ts';
import { httpCall } from './http-call.ts';
import { readJson } from './read-json.ts';

export interface ClientCredentials {
  /** For Exchange Online: `https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token`. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For Exchange Online: `https://outlook.office365.com/.default`. */
  readonly scope: string;
}

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().default(300) });
const marginMs = 60_000;

/** Gives an access token of the client credentials grant (RFC 6749, 4.4), and fetches the next a minute before it runs out. */
export function createTokenSource(credentials: ClientCredentials, now: () => number) {
  let held: { readonly token: string; readonly until: number } | undefined;
  return async (): Promise<{ readonly kind: 'token'; readonly token: string } | DeskFailure> => {
    if (held !== undefined && now() < held.until) return { kind: 'token', token: held.token };
    const { tokenUrl, clientId, clientSecret, scope } = credentials;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    }).toString();
    const answer = await httpCall({
      method: 'POST',
      url: new URL(tokenUrl),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    if (answer.kind !== 'answer') return harmless(answer);
    const token = readJson(answer, TokenAnswer);
    if (token.kind !== 'value') return harmless(token);
    held = { token: token.value.access_token, until: now() + token.value.expires_in * 1000 - marginMs };
    return { kind: 'token', token: held.token };
  };
}

/** Asking for a token makes no ticket: what is unclear may simply be tried again, and a refusal holds for every ticket. */
function harmless(failure: DeskFailure): DeskFailure {
  if (failure.kind === 'ambiguous') return { ...failure, kind: 'retryable' };
  return failure.kind === 'rejected' ? { ...failure, kind: 'closed' } : failure;
}
