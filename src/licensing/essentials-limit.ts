import { essentialsNeedsCals } from './cal-exemption.ts';
import { countFact } from './facts.ts';
import { byVerdict, type Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

/** Whether the users and devices of an Essentials server are within its limit; devices nobody counted are taken to be. */
export const essentialsLimit: Policy = {
  needs: ['cal-users'],
  optional: ['cal-devices'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => {
    const verdict = essentialsNeedsCals(tables, facts);
    const isKnown = verdict.verdict === 'no' || countFact(facts, 'cal-users') !== undefined;
    return byVerdict(
      isKnown ? verdict : verdictOf('depends', 'essentials-limit-decides', verdict.values, ['both-counts']),
    );
  },
};
