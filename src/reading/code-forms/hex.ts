import { type Candidate, isInFamily, type KnownCodes } from './candidate.ts';

const length = 8;
const mostJoined = 2;
const prefix = /[0OQ]X[-\s_.:'`*>]{0,2}/g;
const start = /[C48](?=[-\s_.:'`*>]{0,2}[0OQ7A])/g;
const joins = "- \t\n\r_.:'`*>";
const corrections: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', '|': '1', S: '5', Z: '2' };

interface Digits {
  readonly digits: string;
  readonly to: number;
  readonly corrected: boolean;
  readonly joined: boolean;
}

/** Reads codes written with `0x`: `0xC004F074`, `ＯｘＣＯＯ４…`, `0xC004-F074`, or with a line break inside. */
export function* readPrefixed(text: string, known: KnownCodes): Generator<Candidate> {
  for (const match of text.matchAll(prefix)) {
    const read = readDigits(text, match.index + match[0].length);
    if (read === null || /^0+$/.test(read.digits)) continue;
    const code = `0x${read.digits}`;
    const isKnown = known.has(code);
    const certain = read.joined ? isKnown : isKnown || !read.corrected || isInFamily(read.digits);
    if (!certain || !endsThere(text, read.to, isKnown)) continue;
    yield { code, from: match.index, to: read.to, certainty: certaintyOf(read) };
  }
}

/** Reads codes written without `0x`, also where a word is glued to them: `c004fc07`, `errorC004F074です`. */
export function* readBare(text: string, known: KnownCodes): Generator<Candidate> {
  for (const { index } of text.matchAll(start)) {
    const read = readDigits(text, index);
    if (read === null || !isInFamily(read.digits)) continue;
    const code = `0x${read.digits}`;
    const isKnown = known.has(code);
    const hasLetter = /[A-F]/.test(read.digits);
    const certain = read.joined || read.corrected ? isKnown && hasLetter : isKnown || hasLetter;
    const previous = text[index - 1] ?? ' ';
    const starts = isKnown ? !/[0-9]/.test(previous) : !/[0-9A-Z]/.test(previous);
    if (certain && starts && endsThere(text, read.to, isKnown)) {
      yield { code, from: index, to: read.to, certainty: certaintyOf(read) };
    }
  }
}

function readDigits(text: string, from: number): Digits | null {
  let digits = '';
  let corrected = false;
  let joined = false;
  let index = from;
  while (digits.length < length) {
    const written = text[index] ?? '';
    const digit = isHex(written) ? written : corrections[written];
    if (digit !== undefined && digit !== '') {
      corrected ||= digit !== written;
      digits += digit;
      index += 1;
      continue;
    }
    let next = index;
    while (next < index + mostJoined && isJoin(text[next])) next += 1;
    if (digits === '' || next === index || text[next] === undefined) return null;
    if (isJoin(text[next])) return null;
    joined = true;
    index = next;
  }
  return { digits, to: index, corrected, joined };
}

/** True where no digit follows: the text ends, or a word is glued on, which a lone hex letter is not. */
function endsThere(text: string, to: number, isKnown: boolean): boolean {
  const [glued = ''] = /^[0-9A-Z]{0,40}/.exec(text.slice(to, to + 40)) ?? [];
  if (glued === '') return true;
  if (/[0-9]/.test(glued) || /^[A-F]$/.test(glued)) return false;
  return isKnown || /^[G-Z]/.test(glued);
}

function certaintyOf(read: Digits): Candidate['certainty'] {
  return read.corrected || read.joined ? 'corrected' : 'exact';
}

function isHex(character: string): boolean {
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'F');
}

function isJoin(character: string | undefined): boolean {
  return character !== undefined && joins.includes(character);
}
