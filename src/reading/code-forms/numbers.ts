import { type Candidate, codeFamilies, isInFamily, type KnownCodes } from './candidate.ts';

const decimal = /(?<![\dA-Z.])(-?)(\d{1,3}(?:,\d{3}){3}|\d{8,10})(?![\dA-Z]|[.,-]\d)/g;
const ending = /(?<![0-9A-Z./\\_-])(?:0{0,2}4)?([A-F](?=[0-9A-F]{0,2}\d)[0-9A-F]{3})(?![0-9A-Z\\_-])/g;
const win32 =
  /(?:ERROR|エラ-|错误|FEHLER|ERREUR|오류|ERRO|GETLASTERROR|WIN32)(?:\s?(?:CODE|コ-ド|番号|NUMBER|NO\.?))?[\s:=#は(]{0,4}(\d{1,5})(?![\dA-Z.:/-])/g;
const counted = /^\s{1,2}[A-Z]/;
const dism = /DISM|DEPLOYMENT IMAGE SERVICING|展開イメ-ジのサ-ビス|SET-EDITION/g;
const dismReach = 400;

// Event IDs of the licensing services, which people call errors.
const eventIds = new Set([
  100, 900, 1074, 8198, 8200, 8208, 8229, 12288, 12289, 12290, 12293, 12294, 12309, 12310, 16398,
]);
const twoTo32 = 0x1_0000_0000;

/** Reads decimals as WMI prints them: -1073415161 or 3221552135 for 0xC004FC07. */
export function* readDecimals(text: string, known: KnownCodes): Generator<Candidate> {
  for (const match of text.matchAll(decimal)) {
    const [written, sign = '', grouped = ''] = match;
    const digits = grouped.replaceAll(',', '');
    const value = Number(digits);
    const signed = sign === '-' ? toHex(twoTo32 - value) : null;
    const unsigned = digits.startsWith('0') ? null : toHex(value);
    const to = match.index + written.length;
    if (signed !== null && (known.has(`0x${signed}`) || isInFamily(signed))) {
      yield { code: `0x${signed}`, from: match.index, to, certainty: 'exact' };
    } else if (unsigned !== null && known.has(`0x${unsigned}`)) {
      yield { code: `0x${unsigned}`, from: match.index + sign.length, to, certainty: 'exact' };
    }
  }
}

/** Reads Win32 numbers that follow the word *error*; close to DISM's name, unknown ones too. */
export function* readWin32(text: string, known: KnownCodes): Generator<Candidate> {
  const places = [...text.matchAll(dism)].map((match) => match.index);
  let next = 0;
  for (const match of text.matchAll(win32)) {
    const [written, digits = ''] = match;
    const number = Number(digits);
    while ((places[next] ?? Number.POSITIVE_INFINITY) < match.index) next += 1;
    const ofDism = [places[next - 1], places[next]].some(
      (place) => place !== undefined && Math.abs(place - match.index) < dismReach,
    );
    const code = `0x8007${number.toString(16).toUpperCase().padStart(4, '0')}`;
    if (number === 0 || number > 0xffff || eventIds.has(number)) continue;
    const to = match.index + written.length;
    const isCount = counted.test(text.slice(to, to + 3));
    if (ofDism || (known.has(code) && !isCount)) yield { code, from: to - digits.length, to, certainty: 'context' };
  }
}

/** Reads the last four digits people shorten a code to, where one known code ends so, or one of 0xC004…. */
export function* readSuffixes(text: string, known: KnownCodes): Generator<Candidate> {
  for (const match of text.matchAll(ending)) {
    const digits = match[1] ?? '';
    const codes = codeFamilies.map((family) => `0x${family}${digits}`).filter((code) => known.has(code));
    const code = codes.length === 1 ? codes[0] : codes.find((each) => each.startsWith('0xC004'));
    if (code !== undefined) yield { code, from: match.index, to: match.index + match[0].length, certainty: 'suffix' };
  }
}

function toHex(value: number): string | null {
  if (value < 0x4000_0000 || value >= twoTo32) return null;
  return value.toString(16).toUpperCase();
}
