import { textFact } from './facts.ts';
import { type Installation, installationOf, namesOf } from './installation.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { isOlder } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/**
 * Whether `slmgr /ipk` takes the key that was bought: version, edition and class of the installation must be the key's.
 * The first mismatch that no other answer can mend is the verdict.
 */
export const keyFitsEdition: Policy = {
  needs: ['installed-edition', 'bought-edition'],
  optional: ['installed-evaluation', 'installed-version', 'bought-version', 'key-channel'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => byVerdict(keyFits(tables, facts)),
};

function keyFits(tables: LicensingTables, facts: Facts): Verdict {
  const installation = installationOf(facts);
  const { edition, version, evaluation, boughtEdition, boughtVersion } = installation;
  const names = namesOf(tables, installation);
  if (evaluation === true) return verdictOf('no', 'key-evaluation', names, ['edition-converted']);
  if (version !== undefined && boughtVersion !== undefined && version !== boughtVersion)
    return otherVersion(tables, version, boughtVersion, names);
  if (edition === undefined || boughtEdition === undefined)
    return verdictOf('depends', 'key-editions-decide', names, ['both-editions']);
  if (edition !== boughtEdition) return otherEdition(tables, installation, names);
  if (evaluation === undefined) return verdictOf('depends', 'key-evaluation-decides', names, ['not-an-evaluation']);
  if (version === undefined || boughtVersion === undefined)
    return verdictOf('depends', 'key-version-decides', names, ['both-server-versions']);
  return byChannel(textFact(facts, 'key-channel'), names);
}

function otherVersion(
  { editions }: LicensingTables,
  version: string,
  bought: string,
  names: Verdict['values'],
): Verdict {
  return isOlder(editions, version, bought)
    ? verdictOf('no', 'key-newer-version', names, ['older-key-obtained', 'version-upgraded'])
    : verdictOf('no', 'key-older-version', names, ['bought-version-installed']);
}

function otherEdition(
  { editions }: LicensingTables,
  { edition, boughtEdition, version, boughtVersion }: Installation,
  names: Verdict['values'],
): Verdict {
  const isFull = boughtEdition === 'standard' || boughtEdition === 'datacenter';
  if (edition === 'essentials' && isFull) {
    return version === undefined || boughtVersion === undefined
      ? verdictOf('depends', 'key-version-decides', names, ['both-server-versions'])
      : verdictOf('yes', 'key-essentials-becomes-full', names, []);
  }
  const onStandardMedia = editions['essentials-on-standard'].versions.some((id) => id === version);
  if (edition === 'standard' && boughtEdition === 'essentials' && onStandardMedia)
    return verdictOf('depends', 'key-essentials-on-standard', names, ['key-from-maker']);
  const change =
    edition === 'standard' && boughtEdition === 'datacenter' ? 'edition-raised' : 'bought-edition-installed';
  return verdictOf('no', 'key-other-edition', names, [change]);
}

function byChannel(channel: string | undefined, names: Verdict['values']): Verdict {
  switch (channel) {
    case 'evaluation':
      return verdictOf('no', 'key-of-evaluation', names, ['licence-bought']);
    case 'avma':
      return verdictOf('depends', 'key-avma', names, ['hyper-v-datacenter-host']);
    case 'oem':
      return verdictOf('yes', 'key-fits', names, ['oem-other-hardware']);
    case 'kms':
      return verdictOf('yes', 'key-fits', names, ['no-own-kms']);
    default:
      return verdictOf('yes', 'key-fits', names);
  }
}
