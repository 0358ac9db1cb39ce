import { ApiError, type Problem, refusals } from './api-error.ts';

/**
 * What goes wrong with one request. `-after-commit`: the request took effect, the caller never learns it.
 * `hang` never answers and takes no effect.
 */
export type Fault =
  | { readonly kind: '429'; readonly retryAfterS: number; readonly scope?: 'user' | 'global' | 'shared' }
  | { readonly kind: 'reset-before-commit' | 'reset-after-commit' | 'http500' | 'http500-after-commit' | 'hang' }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: number;
      readonly message: string;
      readonly problems?: readonly Problem[];
    };

/** Faults still to come, by route as `POST /channels/:id/messages`; how a parameter is named does not matter. */
export interface FaultPlan {
  /** The next `times` (one unless given) requests of the route fail so. Several calls queue up. */
  next(route: string, fault: Fault, times?: number): void;
  clear(): void;
  readonly pending: number;
}

export interface FaultQueue extends FaultPlan {
  take(route: string): Fault | undefined;
}

/** A route with its parameter names blanked, so that `:id` and `:channel_id` are one. */
export function routeKey(route: string): string {
  return route.replaceAll(/:\w+|\{\w+\}/g, ':');
}

export function createFaultPlan(knownRoutes: () => readonly string[]): FaultQueue {
  const queues = new Map<string, Fault[]>();
  return {
    next(route, fault, times = 1) {
      const key = requireRoute(knownRoutes(), route);
      queues.set(key, [...(queues.get(key) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    clear: () => queues.clear(),
    get pending() {
      return [...queues.values()].reduce((sum, queue) => sum + queue.length, 0);
    },
    take: (route) => queues.get(routeKey(route))?.shift(),
  };
}

/** The key of a route the peer serves; throws with the list of those when a test misspelt it. */
export function requireRoute(known: readonly string[], route: string): string {
  const key = routeKey(route);
  if (!known.some((one) => routeKey(one) === key))
    throw new Error(`no route ${route}; there are:\n${known.join('\n')}`);
  return key;
}

export function faultError(fault: Fault): ApiError | undefined {
  switch (fault.kind) {
    case '429':
      return refusals.rateLimited(fault.retryAfterS, fault.scope ?? 'user');
    case 'http500':
    case 'http500-after-commit':
      return new ApiError(500, 0, '500: Internal Server Error');
    case 'error':
      return new ApiError(fault.status, fault.code, fault.message, { problems: fault.problems ?? [] });
    case 'reset-before-commit':
    case 'reset-after-commit':
    case 'hang':
      return undefined;
    default:
      return fault satisfies never;
  }
}
