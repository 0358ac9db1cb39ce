import { z } from 'zod';
import { desks, Id } from '../knowledge/schema/ids.ts';
import { locales } from '../text/locale.ts';
import { type Hours, isOpen } from './hours.ts';

/** A desk's own name in DESK_CONFIG. */
export const DeskName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use at most 40 lower-case letters, digits and hyphens');

const words = (what: string) => z.array(z.string().min(1), `list ${what}`).min(1).optional();

/** One route: the case must match every condition it names. Text is compared without case and width. */
export const Route = z.strictObject({
  when: z
    .strictObject({
      desk: z
        .array(z.enum(desks, `name desks: ${desks.join(', ')}`))
        .min(1)
        .optional(),
      channel: words('kinds of key, as the question key-channel names them'),
      customer: words('customers'),
      maker: words('makers'),
      language: z.array(z.enum(locales)).min(1).optional(),
      severity: z
        .array(z.literal([1, 2, 3, 4]))
        .min(1)
        .optional(),
      workspace: words('workspaces, such as slack:T0123'),
      /** Names an entry of `hours`; `outside` turns it round. */
      hours: Id.optional(),
      outside: Id.optional(),
    })
    .default({}),
  to: DeskName,
});
export type Route = z.infer<typeof Route>;

/** What routes compare. */
export interface RoutedCase {
  readonly desk: (typeof desks)[number];
  readonly channel: string | null;
  readonly customer: string | null;
  readonly maker: string | null;
  readonly language: (typeof locales)[number];
  readonly severity: 1 | 2 | 3 | 4;
  readonly workspace: string;
  readonly at: string;
}

export type Condition = keyof Route['when'];

/** One route that was looked at, in order, with the first condition that did not hold; none for the one that was taken. */
export interface Considered {
  readonly route: number;
  readonly to: string;
  readonly failed: Condition | null;
}

export interface Routing {
  readonly to: string | null;
  readonly considered: readonly Considered[];
}

/** The first route that fits, and why those before it did not. Routes count from 1. No route: the case is given to copy. */
export function routeTo(routes: readonly Route[], hours: Readonly<Record<string, Hours>>, item: RoutedCase): Routing {
  const considered: Considered[] = [];
  for (const [index, { when, to }] of routes.entries()) {
    const failed = failedCondition(when, hours, item);
    considered.push({ route: index + 1, to, failed });
    if (failed === null) return { to, considered };
  }
  return { to: null, considered };
}

/** Whether any route can lead a case of that kind of desk somewhere. */
export function canReach(routes: readonly Route[], desk: RoutedCase['desk']): boolean {
  return routes.some(({ when }) => when.desk?.includes(desk) ?? true);
}

function failedCondition(
  when: Route['when'],
  hours: Readonly<Record<string, Hours>>,
  item: RoutedCase,
): Condition | null {
  const open = (name: string) => {
    const calendar = hours[name];
    return calendar !== undefined && isOpen(calendar, item.at);
  };
  const holds: Readonly<Record<Condition, boolean>> = {
    desk: when.desk?.includes(item.desk) ?? true,
    channel: fits(when.channel, item.channel),
    customer: fits(when.customer, item.customer),
    maker: fits(when.maker, item.maker),
    language: when.language?.includes(item.language) ?? true,
    severity: when.severity?.includes(item.severity) ?? true,
    workspace: fits(when.workspace, item.workspace),
    hours: when.hours === undefined || open(when.hours),
    outside: when.outside === undefined || !open(when.outside),
  };
  const conditions = Object.keys(holds) as Condition[];
  return conditions.find((condition) => !holds[condition]) ?? null;
}

function fits(wanted: readonly string[] | undefined, value: string | null): boolean {
  if (wanted === undefined) return true;
  return value !== null && wanted.some((word) => folded(word) === folded(value));
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
