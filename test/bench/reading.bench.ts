/**
 * How much more hostile text costs than plain text of the same length: `node test/bench/reading.bench.ts`.
 * Reading is meant to be linear, so no ratio should pass 4.
 */
import { readCodes } from '../../src/reading/codes.ts';
import { readNearMisses } from '../../src/reading/near-misses.ts';
import { readOutput } from '../../src/reading/output/read-output.ts';
import { redact } from '../../src/reading/redact.ts';
import { known } from '../reading/known.ts';

const length = 100_000;
const runs = 5;

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  redact,
  codes: (text) => [readCodes(text, known), readNearMisses(text, known)],
  output: readOutput,
};

const plain = 'The server says that activation failed with error 0xC004F074 and I do not know what to do about it. ';
const hostile = [
  'B 2 ',
  'BCD2F-GHJ34 ',
  'BCS2 FGHOJ 3K ',
  'N69G4-B89J2-4G8F4-WWYCC-J464C ',
  '1234567-',
  '1',
  'A 123456 ',
  'Ａ１',
  '😀𝟎',
  '\u200b',
  '\n',
  ' ',
  '"',
  'eyJ',
  'M',
  'M.a.',
  'xoxb-',
  'slmgr a b ',
  'password: ',
  'net use ',
  '://a:',
  '/u /p ',
  'bearer ',
  'DigitalProductId = ',
  '-----BEGIN PRIVATE KEY-----',
  '[KEY …6789B]',
  '0x',
  'C004',
  'F074 ',
  'C-',
  '8',
  '4 ',
  'error 5',
  '1,111',
  '0xC004F07 ',
  '-1073415161 ',
  'Name: ',
  'Name: Windows(R), ',
  'Windows(R),',
  'ID:',
  ':1(1',
  '> ',
  'Target Edition',
  'current',
  '_vlmcs._tcp',
  'License Status: ',
  'LicenseStatus : 1\n',
  '----- ',
  '&gt;',
  'volume activation will expire ',
];

function millisecondsFor(read: (text: string) => unknown, text: string): number {
  read(text);
  const taken = Array.from({ length: runs }, () => {
    const start = performance.now();
    read(text);
    return performance.now() - start;
  });
  return Math.min(...taken);
}

function fill(unit: string): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

for (const [name, read] of Object.entries(readers)) {
  const base = millisecondsFor(read, fill(plain));
  const ratios = hostile.map((unit) => ({ unit, ratio: millisecondsFor(read, fill(unit)) / base }));
  const worst = ratios.toSorted((one, other) => other.ratio - one.ratio).slice(0, 4);
  console.log(`${name}: plain ${base.toFixed(1)} ms per ${length} characters`);
  for (const { unit, ratio } of worst) console.log(`  ${ratio.toFixed(1)} × for ${JSON.stringify(unit)}`);
}
