import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Log } from '../../src/ports/log.ts';
import { type DeskEar, deskEvents } from '../../src/service/desk-ear.ts';
import { readBody } from '../read-body.ts';
import type { Verify } from './signature.ts';

export interface DeskRouteParts {
  /** The desk's name in DESK_CONFIG. */
  readonly name: string;
  readonly verify: Verify;
  readonly ear: DeskEar;
  readonly log: Log;
}

/** For the process's HTTP server. */
export interface DeskRoute {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

const largestBody = 64 * 1024;

/** What a desk posts about one of our tickets. The README says how a desk is told to. */
const DeskPost = z.strictObject({
  reference: z.string().min(1).max(100),
  event: z.enum(deskEvents),
  text: z.string().default(''),
  by: z.string().default(''),
  id: z.string().min(1).max(100),
});

type Answer = { readonly status: number; readonly reason: string };

/** Takes what a desk posts to `/desks/<name>`. What is refused changes nothing and is logged without its body. */
export function createDeskRoute({ name, verify, ear, log }: DeskRouteParts): DeskRoute {
  const decide = async (request: IncomingMessage): Promise<Answer> => {
    if (request.method !== 'POST') return { status: 405, reason: 'not a POST' };
    const body = await readBody(request, largestBody);
    if (body === undefined) return { status: 413, reason: 'larger than 64 KB' };
    const verdict = verify(request.headers, body);
    if (verdict.kind === 'refused') return { status: 401, reason: verdict.reason };
    const post = DeskPost.safeParse(parsed(body));
    if (!post.success) return { status: 400, reason: `malformed: ${placesOf(post.error)}` };
    const heard = await ear(post.data);
    return heard === 'heard' ? { status: 204, reason: '' } : { status: 404, reason: 'no such ticket' };
  };
  return {
    path: `/desks/${name}`,
    handle(request, response) {
      decide(request).then(
        ({ status, reason }) => {
          if (status >= 400) log.warn({ desk: name, status, reason }, 'a desk was not heard');
          answer(response, status);
        },
        (error: unknown) => {
          log.error(
            { desk: name, error: error instanceof Error ? error.name : 'unknown' },
            'a desk could not be heard',
          );
          answer(response, 500);
        },
      );
    },
  };
}

/** A request that was not read to its end is not waited for. */
function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, response.req.complete ? {} : { connection: 'close' });
  response.end();
}

/** Names what is wrong, without what was written there. */
function placesOf({ issues }: z.ZodError): string {
  return issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
