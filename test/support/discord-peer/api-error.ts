import type { JsonObject } from './json.ts';

/** One thing wrong with a body. `path` is dotted, as `components.0.label`; empty for the body itself. */
export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal in Discord's own form: an HTTP status, a JSON error code and its sentence. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extra: JsonObject;

  constructor(
    status: number,
    code: number,
    message: string,
    more: { problems?: readonly Problem[]; headers?: Readonly<Record<string, string>>; extra?: JsonObject } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = more.problems ?? [];
    this.headers = more.headers ?? {};
    this.extra = more.extra ?? {};
  }

  /** The response body Discord would send. */
  toBody(): JsonObject {
    const errors = this.problems.length > 0 ? { errors: nest(this.problems) } : {};
    return { message: this.message, code: this.code, ...errors, ...this.extra };
  }
}

/** Codes and sentences from Discord's "Opcodes and Status Codes" page. */
export const refusals = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  tooManyCommandCreates: () =>
    new ApiError(400, 30034, 'Max number of daily application command creates has been reached (200)'),
  tooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  foreignMessage: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  closedToMessages: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  archived: () => new ApiError(400, 50083, 'Thread is archived'),
  replyWithoutHistory: () => new ApiError(400, 160002, 'Cannot reply without permission to read message history'),
  threadExists: () => new ApiError(400, 160004, 'A thread has already been created for this message'),
  locked: () => new ApiError(403, 160005, 'Thread is locked'),
  blockedName: () => new ApiError(400, 200000, 'Message was blocked by automatic moderation'),
  invalidBody: (problems: readonly Problem[]) => new ApiError(400, 50035, 'Invalid Form Body', { problems }),
  rateLimited: (retryAfterS: number, scope: 'user' | 'global' | 'shared') =>
    new ApiError(429, 0, 'You are being rate limited.', {
      headers: {
        'retry-after': String(Math.ceil(retryAfterS)),
        'x-ratelimit-scope': scope,
        'x-ratelimit-reset-after': String(retryAfterS),
        ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : { 'x-ratelimit-remaining': '0' }),
      },
      extra: { retry_after: retryAfterS, global: scope === 'global' },
    }),
} as const;

function nest(problems: readonly Problem[]): JsonObject {
  const root: Record<string, unknown> = {};
  for (const { path, code, message } of problems) {
    let node = root;
    for (const key of path.split('.').filter((part) => part !== '')) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node._errors = [...((node._errors as unknown[] | undefined) ?? []), { code, message }];
  }
  return root;
}
