import { refusals } from './api-error.ts';
import { routeKey } from './faults.ts';

/** How many requests a route takes within a time, for each channel or guild in its path. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimits {
  /** Counts a request and returns its `X-RateLimit-…` headers. Throws 429 when there were too many. */
  take(route: string, major: string): Readonly<Record<string, string>>;
  /** Counts a change of a channel's name or topic: two in ten minutes, which Discord does not document. */
  takeRename(channelId: string): void;
}

// github.com/discord/discord-api-docs/issues/1900
const RENAME: RateLimit = { limit: 2, windowMs: 10 * 60_000 };
const GLOBAL_WINDOW_MS = 1_000;

/** `globalPerSecond` unset: no global limit. Routes without an entry announce a roomy bucket that is never exhausted. */
export function createRateLimits(
  limits: Readonly<Record<string, RateLimit>>,
  globalPerSecond: number | undefined,
  now: () => number,
): RateLimits {
  const byRoute = new Map(Object.entries(limits).map(([route, limit]) => [routeKey(route), limit]));
  const taken = new Map<string, number[]>();

  const take = (key: string, { limit, windowMs }: RateLimit, scope: 'user' | 'global' | 'shared') => {
    const recent = (taken.get(key) ?? []).filter((at) => now() - at < windowMs);
    const resetS = (windowMs - (now() - (recent[0] ?? now()))) / 1_000;
    if (recent.length >= limit) throw refusals.rateLimited(resetS, scope);
    taken.set(key, [...recent, now()]);
    return { remaining: limit - recent.length - 1, resetS };
  };

  return {
    take(route, major) {
      const key = routeKey(route);
      const exempt = key.includes('/interactions/') || key.includes('/webhooks/');
      if (globalPerSecond !== undefined && !exempt) {
        take('global', { limit: globalPerSecond, windowMs: GLOBAL_WINDOW_MS }, 'global');
      }
      const limit = byRoute.get(key);
      const { remaining, resetS } =
        limit === undefined ? { remaining: 999, resetS: 1 } : take(`${key} ${major}`, limit, 'user');
      return {
        'x-ratelimit-bucket': Buffer.from(key).toString('hex').slice(0, 32),
        'x-ratelimit-limit': String(limit?.limit ?? 1_000),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset-after': resetS.toFixed(3),
        'x-ratelimit-reset': String(now() / 1_000 + resetS),
      };
    },
    takeRename: (channelId) => void take(`rename ${channelId}`, RENAME, 'shared'),
  };
}
