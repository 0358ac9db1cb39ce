import { countFact, textFact } from './facts.ts';
import type { Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

export interface CalNeed {
  readonly users: number;
  readonly devices: number;
}

/**
 * Counts the CALs to buy when one kind is bought throughout.
 * A user CAL covers one person on any device, a device CAL anyone on one device, so the smaller head count wins.
 * A tie goes to user CALs: devices are replaced more often than people.
 */
export function countCals({ users, devices }: CalNeed): { readonly kind: 'user' | 'device'; readonly count: number } {
  return users <= devices ? { kind: 'user', count: users } : { kind: 'device', count: devices };
}

/** Which kind of CAL takes fewer, and how many. The value is the kind. */
export const calCount: Policy = {
  needs: ['cal-users', 'cal-devices'],
  optional: ['cal-sharing'],
  results: ['user', 'device', 'depends'],
  run: (_tables, facts) => {
    const [users = 0, devices = 0] = [countFact(facts, 'cal-users'), countFact(facts, 'cal-devices')];
    if (users === 0 || devices === 0)
      return { value: 'depends', verdict: verdictOf('depends', 'cal-count-decides', {}, ['both-counts']) };
    const { kind, count } = countCals({ users, devices });
    const changes = textFact(facts, 'cal-sharing') === 'no' ? [] : ['two-groups'];
    return { value: kind, verdict: verdictOf('yes', `cal-count-${kind}`, { users, devices, count }, changes) };
  },
};
