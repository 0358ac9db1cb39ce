import type { Cals } from '../knowledge/schema/cals.ts';
import type { Editions, Release } from '../knowledge/schema/editions.ts';

export function releaseOf(editions: Editions, version: string | undefined): Release | undefined {
  return editions.releases.find(({ id }) => id === version);
}

/** The version as Microsoft writes it: `2012 R2` for `2012r2`. */
export function versionLabel(editions: Editions, version: string): string {
  return releaseOf(editions, version)?.label ?? version;
}

export function editionLabel(editions: Editions, edition: string): string {
  return editions.names.find(({ id }) => id === edition)?.label ?? edition;
}

/** The place of a release or CAL version among the generations, oldest first; undefined when no generation has it. */
export function generationOf(cals: Cals, version: string | undefined): number | undefined {
  const index = cals.generations.findIndex(
    ({ cal, servers }) => cal === version || servers.some((server) => server === version),
  );
  return index < 0 ? undefined : index;
}

/** Whether the first version is that of the second or newer, R2 releases counting as their base version. */
export function isSameOrNewer(cals: Cals, version: string | undefined, than: string | undefined): boolean | undefined {
  const [left, right] = [generationOf(cals, version), generationOf(cals, than)];
  return left === undefined || right === undefined ? undefined : left >= right;
}

/** Whether the first release came out before the second. */
export function isOlder(editions: Editions, version: string, than: string): boolean {
  return (releaseOf(editions, version)?.start ?? '') < (releaseOf(editions, than)?.start ?? '');
}
