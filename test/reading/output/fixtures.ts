import { readFileSync } from 'node:fs';

/** A recorded output of `test/fixtures/outputs/`, neutral already. */
export function recorded(name: string): string {
  return readFileSync(new URL(`../../fixtures/outputs/${name}.txt`, import.meta.url), 'utf8');
}
