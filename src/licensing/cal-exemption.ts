import { countFact, textFact } from './facts.ts';
import type { Facts, LicensingTables } from './policy.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** The verdict for a server whose edition takes no CALs; undefined for Standard, Datacenter and what is not known. */
export function calExemption(tables: LicensingTables, facts: Facts): Verdict | undefined {
  switch (textFact(facts, 'cal-edition')) {
    case 'essentials':
      return essentialsNeedsCals(tables, facts);
    case 'foundation':
      return foundationNeedsCals(tables, facts);
    case 'evaluation':
      return verdictOf('depends', 'cal-evaluation', {}, ['server-licensed']);
    default:
      return undefined;
  }
}

/** What the limit of Essentials says to the users and devices known. */
export function essentialsNeedsCals({ cals }: LicensingTables, facts: Facts): Verdict {
  const { users, devices } = cals.essentials;
  const outgrown = (countFact(facts, 'cal-users') ?? 0) > users || (countFact(facts, 'cal-devices') ?? 0) > devices;
  return outgrown
    ? verdictOf('no', 'essentials-outgrown', { users, devices }, ['standard-with-cals'])
    : verdictOf('yes', 'cal-none-essentials', { users, devices }, ['essentials-limit-passed', 'other-server-too']);
}

function foundationNeedsCals({ cals }: LicensingTables, facts: Facts): Verdict {
  const { users } = cals.foundation;
  return (countFact(facts, 'cal-users') ?? 0) > users
    ? verdictOf('no', 'foundation-outgrown', { users }, ['standard-with-cals'])
    : verdictOf('yes', 'cal-none-foundation', { users }, ['other-server-too']);
}
