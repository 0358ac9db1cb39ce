import { textFact } from './facts.ts';
import type { Facts, LicensingTables } from './policy.ts';
import { editionLabel, versionLabel } from './releases.ts';

/** What is installed and what was bought, as far as it is known. `evaluation` and `core` are undefined where it is not. */
export interface Installation {
  readonly edition: string | undefined;
  readonly version: string | undefined;
  readonly evaluation: boolean | undefined;
  readonly core: boolean | undefined;
  readonly boughtEdition: string | undefined;
  readonly boughtVersion: string | undefined;
}

export function installationOf(facts: Facts): Installation {
  return {
    edition: textFact(facts, 'installed-edition'),
    version: textFact(facts, 'installed-version'),
    evaluation: isYes(facts, 'installed-evaluation'),
    core: isYes(facts, 'installed-core'),
    boughtEdition: textFact(facts, 'bought-edition'),
    boughtVersion: textFact(facts, 'bought-version'),
  };
}

function isYes(facts: Facts, question: string): boolean | undefined {
  const answer = textFact(facts, question);
  return answer === undefined ? undefined : answer === 'yes';
}

/** The names of an installation for the sentences of a rule, with `?` for what is not known. */
export function namesOf(
  { editions }: LicensingTables,
  { edition, version, boughtEdition, boughtVersion }: Installation,
): Readonly<Record<string, string>> {
  return {
    installed: edition === undefined ? '?' : editionLabel(editions, edition),
    bought: boughtEdition === undefined ? '?' : editionLabel(editions, boughtEdition),
    installedVersion: version === undefined ? '?' : versionLabel(editions, version),
    boughtVersion: boughtVersion === undefined ? '?' : versionLabel(editions, boughtVersion),
  };
}
