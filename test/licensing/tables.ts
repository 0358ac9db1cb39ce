import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Cals } from '../../src/knowledge/schema/cals.ts';
import { Editions } from '../../src/knowledge/schema/editions.ts';
import { Rules, RuleTexts } from '../../src/knowledge/schema/rules.ts';
import { policies } from '../../src/licensing/policies.ts';
import type { Computed, LicensingTables } from '../../src/licensing/policy.ts';
import { locales } from '../../src/text/locale.ts';

export function readKnowledge(file: string): unknown {
  return parse(readFileSync(new URL(`../../knowledge/${file}`, import.meta.url), 'utf8'));
}

export const tables: LicensingTables = {
  editions: Editions.parse(readKnowledge('editions.yaml')),
  cals: Cals.parse(readKnowledge('cals.yaml')),
};
export const { rules } = Rules.parse(readKnowledge('rules.yaml'));
export const texts = locales.map((locale) => RuleTexts.parse(readKnowledge(`text/${locale}/rules.yaml`)));

/** The day the tests decide for. */
export const today = '2026-11-25';

/** Runs a policy by its name on the answers given. */
export function decide(policy: string, facts: Readonly<Record<string, string | number>>, at = today): Computed {
  const found = policies[policy];
  if (found === undefined) throw new Error(`there is no policy ${policy}`);
  return found.run(tables, new Map(Object.entries(facts)), at);
}
