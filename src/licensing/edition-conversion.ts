import type { Conversion } from '../knowledge/schema/editions.ts';
import { textFact } from './facts.ts';
import { type Installation, installationOf, namesOf } from './installation.ts';
import type { Computed, Facts, LicensingTables, Policy } from './policy.ts';
import { isOlder, releaseOf } from './releases.ts';
import { verdictOf } from './verdict.ts';

/**
 * How an installation becomes the edition that was bought. The value is what to do: nothing, DISM's Set-Edition, a change of
 * the key, moving the domain controller's roles first, another version, or a clean installation.
 */
export const editionConversion: Policy = {
  needs: ['installed-edition', 'installed-evaluation', 'bought-edition'],
  optional: ['installed-core', 'installed-version', 'bought-version', 'domain-controller'],
  results: ['nothing', 'set-edition', 'change-key', 'move-dc-first', 'other-version', 'reinstall', 'unknown'],
  run: (tables, facts) => {
    const installation = installationOf(facts);
    return otherVersion(tables, installation) ?? convert(tables, facts, installation);
  },
};

function otherVersion(tables: LicensingTables, installation: Installation): Computed | undefined {
  const { version, boughtVersion } = installation;
  if (version === undefined || boughtVersion === undefined || version === boughtVersion) return undefined;
  const names = namesOf(tables, installation);
  const value = 'other-version';
  if (!isOlder(tables.editions, version, boughtVersion))
    return { value, verdict: verdictOf('no', 'convert-older-bought', names, ['bought-version-installed']) };
  if (installation.evaluation !== false)
    return {
      value,
      verdict: verdictOf('no', 'convert-newer-bought', names, ['older-key-obtained', 'bought-version-installed']),
    };
  const direct = releaseOf(tables.editions, version)?.['upgrades-to'].some((target) => target === boughtVersion);
  return {
    value,
    verdict: verdictOf('depends', direct ? 'upgrade-direct' : 'upgrade-in-steps', names, ['older-key-obtained']),
  };
}

function convert(tables: LicensingTables, facts: Facts, installation: Installation): Computed {
  const { edition, evaluation, core, boughtEdition } = installation;
  const names = namesOf(tables, installation);
  if (edition === undefined || evaluation === undefined || boughtEdition === undefined)
    return { value: 'unknown', verdict: verdictOf('depends', 'convert-editions-decide', names, ['both-editions']) };
  if (edition === boughtEdition && !evaluation)
    return { value: 'nothing', verdict: verdictOf('yes', 'convert-nothing', names) };
  if (evaluation && textFact(facts, 'domain-controller') === 'yes')
    return { value: 'move-dc-first', verdict: verdictOf('no', 'convert-domain-controller', names, ['roles-moved']) };
  const rows = tables.editions.conversions.filter((row) => fits(row, installation));
  const row = core === undefined ? rows.at(-1) : rows[0];
  if (row === undefined) return { value: 'unknown', verdict: verdictOf('unknown', 'convert-check-targets', names) };
  if (core === undefined && rows.some(({ supported }) => supported !== row.supported))
    return { value: 'unknown', verdict: verdictOf('depends', 'convert-core-decides', names, ['desktop-installed']) };
  return row.how === undefined
    ? { value: 'reinstall', verdict: verdictOf('no', row.rule, names) }
    : possible(row, row.how, installation, names);
}

/**
 * Whether a row may apply. Where it is not known whether Server Core is installed the rows of both remain: the table has
 * the rows of Server Core first.
 */
function fits({ from, to }: Conversion, { edition, evaluation, core, boughtEdition }: Installation): boolean {
  const installation = core ? 'core' : 'desktop';
  return (
    from.edition === edition &&
    to.edition === boughtEdition &&
    (from.evaluation === undefined || from.evaluation === evaluation) &&
    (from.installation === undefined || core === undefined || from.installation === installation)
  );
}

function possible(
  row: Conversion,
  command: string,
  { core }: Installation,
  names: Readonly<Record<string, string>>,
): Computed {
  const changes = [
    ...(row.from.evaluation === true ? ['dism-refuses-key'] : []),
    ...(core === undefined && command.startsWith('DISM') ? ['server-core-name'] : []),
  ];
  const value = command.startsWith('DISM') ? 'set-edition' : 'change-key';
  return { value, verdict: verdictOf('yes', row.rule, { ...names, command }, changes) };
}
