import { countFact } from './facts.ts';
import { byVerdict, type Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

/** Whether so many administrators may use Remote Desktop at the same time without RDS CALs. A number nobody said is taken as within. */
export const rdsAdminSessions: Policy = {
  needs: [],
  optional: ['rds-admins'],
  results: ['yes', 'no'],
  run: ({ cals }, facts) => {
    const limit = cals.rds['free-admin-sessions'];
    const isWithin = (countFact(facts, 'rds-admins') ?? 0) <= limit;
    return byVerdict(
      isWithin ? verdictOf('yes', 'rds-admins-within', { limit }) : verdictOf('no', 'rds-admins-beyond', { limit }),
    );
  },
};
