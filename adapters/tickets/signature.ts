import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request comes from the desk and is new. The reason is for the log. */
export type Verdict = { readonly kind: 'genuine' } | { readonly kind: 'refused'; readonly reason: string };

/** Checks a request by its headers and the bytes of its body. */
export type Verify = (headers: IncomingHttpHeaders, body: Buffer) => Verdict;
