import { calCoversServer } from './cal-covers-server.ts';
import type { Policy } from './policy.ts';

/** Every policy a flow can name. */
export const policies: Readonly<Record<string, Policy>> = {
  'cal-covers-server': calCoversServer,
};
