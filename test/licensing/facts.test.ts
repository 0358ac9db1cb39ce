import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { decide, tables } from './tables.ts';

/** The fact files the tables were written from. They stand beside the project where it is written, and nowhere else. */
const folder = new URL('../../../shared/facts/', import.meta.url);
const versionId = (label: string) => label.toLowerCase().replace(' ', '');

interface EditionFacts {
  readonly versions: readonly {
    version: string;
    start: string;
    mainstream_end: string;
    extended_end: string;
    esu_end?: string;
  }[];
  readonly version_upgrades: { table: Readonly<Record<string, readonly string[]>> };
  readonly kms: {
    matrix: readonly { host_key: string; can_run_on: readonly string[]; activates: readonly string[] }[];
  };
  readonly avma: {
    host_guest: Readonly<Record<string, readonly string[]>>;
    keys: readonly Readonly<Record<string, string>>[];
  };
  readonly gvlk: { list: readonly { key: string; partial: string }[] };
  readonly edition_ids: { list: readonly { id: string; evaluation: boolean; spellings?: readonly string[] }[] };
}
interface CalFacts {
  readonly access_matrix: { rows: Readonly<Record<string, Readonly<Record<string, string>>>> };
  readonly rds: { session_host_accepts_cal: Matrix; licence_server_can_hold_cal: Matrix };
}
type Matrix = Readonly<Record<string, readonly string[]>>;

function read<Facts>(name: string): Facts {
  return parse(readFileSync(new URL(name, folder), 'utf8'));
}

describe.skipIf(!existsSync(folder))('the tables say what the fact files say', () => {
  test('about every CAL and every server', () => {
    for (const [cal, row] of Object.entries(read<CalFacts>('cal-rules.yaml').access_matrix.rows)) {
      for (const [server, allowed] of Object.entries(row)) {
        const { value } = decide('cal-covers-server', { 'cal-version': cal, 'server-version': versionId(server) });
        expect(`${cal} → ${server}: ${value}`).toBe(`${cal} → ${server}: ${allowed === 'allowed' ? 'yes' : 'no'}`);
      }
    }
  });

  test.each([
    ['rds-host-accepts-cal', 'rds-host-version', 'session_host_accepts_cal'],
    ['rds-server-holds-cal', 'rds-server-version', 'licence_server_can_hold_cal'],
  ] as const)('about every RDS CAL and every server: %s', (policy, question, table) => {
    for (const [server, cals] of Object.entries(read<CalFacts>('cal-rules.yaml').rds[table])) {
      for (const cal of ['2008', '2012', '2016', '2019', '2022', '2025']) {
        const { value } = decide(policy, { [question]: versionId(server), 'rds-cal-version': cal });
        expect(`${cal} on ${server}: ${value}`).toBe(`${cal} on ${server}: ${cals.includes(cal) ? 'yes' : 'no'}`);
      }
    }
  });

  test('about the dates and the ways to upgrade of every release', () => {
    const { versions, version_upgrades } = read<EditionFacts>('editions.yaml');
    for (const release of tables.editions.releases) {
      const fact = versions.find(({ version }) => versionId(version) === release.id);
      expect([release.start, release['mainstream-end'], release['extended-end']]).toEqual([
        fact?.start,
        fact?.mainstream_end,
        fact?.extended_end,
      ]);
      expect(release['esu-end']).toBe(fact?.esu_end?.slice(0, 10));
      expect(release['upgrades-to']).toEqual(
        (version_upgrades.table[release.label] ?? []).map(versionId).filter((id) => id !== release.id),
      );
    }
  });

  test('about every published key, character by character', () => {
    const { gvlk, avma } = read<EditionFacts>('editions.yaml');
    const keysOf = (kind: string) => tables.editions.keys.filter(({ id }) => id.startsWith(kind)).map(({ key }) => key);
    expect(keysOf('gvlk')).toEqual(gvlk.list.map(({ key }) => key));
    const editions = ['datacenter', 'standard', 'azure_edition', 'essentials'];
    expect(keysOf('avma')).toEqual(avma.keys.flatMap((row) => editions.flatMap((edition) => row[edition] ?? [])));
  });

  test('about what KMS host keys and AVMA hosts activate', () => {
    const { kms, avma } = read<EditionFacts>('editions.yaml');
    const label = (key: string) => versionId(key.replace('Windows Server ', ''));
    expect(tables.editions.kms.matrix).toEqual(
      kms.matrix.map((row) => ({
        'host-key': label(row.host_key),
        'runs-on': row.can_run_on.map(versionId),
        activates: row.activates.map(versionId),
      })),
    );
    expect(tables.editions.avma.hosts.map(({ host, guests }) => [host, guests])).toEqual(
      Object.entries(avma.host_guest).map(([host, guests]) => [versionId(host), guests.map(versionId)]),
    );
  });

  test('about every edition id that DISM and slmgr print', () => {
    const { edition_ids } = read<EditionFacts>('editions.yaml');
    expect(tables.editions['edition-ids'].map(({ id, evaluation, spellings }) => [id, evaluation, spellings])).toEqual(
      edition_ids.list.map(({ id, evaluation, spellings }) => [id, evaluation, spellings]),
    );
  });
});

describe('the tables hold together', () => {
  test('a published key is listed once and ends in the characters slmgr shows', () => {
    const { keys } = tables.editions;
    expect(new Set(keys.map(({ id }) => id)).size).toBe(keys.length);
    expect(keys.filter(({ key, partial }) => !key.endsWith(partial))).toEqual([]);
  });

  test('every release has a CAL generation, and editions that have names', () => {
    const covered = tables.cals.generations.flatMap(({ servers }) => servers);
    expect(covered).toEqual(tables.editions.releases.map(({ id }) => id));
    const names = tables.editions.names.map(({ id }) => id);
    expect(
      tables.editions.releases.flatMap(({ editions }) => editions).filter((edition) => !names.includes(edition)),
    ).toEqual([]);
  });

  test('every answer about the channel of a key has a channel', () => {
    const answers = new Set(tables.editions.channels.map(({ answer }) => answer));
    expect([...answers].toSorted()).toEqual(['avma', 'evaluation', 'kms', 'mak', 'oem', 'retail']);
  });
});
