import { countFact, textFact } from './facts.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Whether a CAL may be given to another person or device: at once for some reasons, else 90 days after it last moved. */
export const calReassign: Policy = {
  needs: ['reassign-reason'],
  optional: ['reassign-days'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => byVerdict(mayMove(tables, facts)),
};

function mayMove({ cals }: LicensingTables, facts: Facts): Verdict {
  const limit = cals.reassign.days;
  const reason = textFact(facts, 'reassign-reason');
  switch (reason) {
    case 'left':
    case 'broken':
    case 'absence':
      return verdictOf('yes', `reassign-${reason}`, { limit });
    default: {
      const days = countFact(facts, 'reassign-days');
      if (days === undefined)
        return verdictOf('depends', 'reassign-days-decide', { limit }, ['days-known', 'at-once-reasons']);
      if (days >= limit) return verdictOf('yes', 'reassign-after-days', { limit, days });
      return verdictOf(
        reason === undefined ? 'depends' : 'no',
        'reassign-too-early',
        { limit, days, wait: limit - days },
        ['at-once-reasons'],
      );
    }
  }
}
