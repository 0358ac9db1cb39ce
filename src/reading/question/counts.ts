import type { Unit } from '../../knowledge/schema/topics.ts';
import type { Found } from './lexicon.ts';

export type Counts = Readonly<Partial<Record<Unit, number>>>;
/** The place of a word for a unit. */
export type UnitWord = Found & { readonly term: Unit };

const spelled = new Map([
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map(
    (word, index) => [word, index + 1] as const,
  ),
  ...['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].map((word, index) => [word, index + 1] as const),
  ['single', 1],
  ['dual', 2],
  ['quad', 4],
  ['twelve', 12],
  ['twenty', 20],
  ['thirty', 30],
] as const);
const latinWords = [...spelled.keys()].filter((word) => /[a-z]/.test(word)).join('|');
const number = new RegExp(
  `(?<![\\d.,/-]|[a-z](?<!\\dx)|0x)(\\d{1,3}(?:,\\d{3})+|\\d{1,7})(?!\\d|\\.\\d|[年月/:])|(?<![a-z])(${latinWords})(?![a-z])|([一二三四五六七八九十])(?=[人名台つ個])`,
  'g',
);
const counter = '(?:台|人目|人|名|つ|個|基|本|(?:st|nd|rd|th|x)(?![a-z])|×|\\*)';
const adjective =
  '(?:\\d{1,3}[ -]?cores?|\\d{1,3}コアの?|物理|共有|共用|(?!(?:and|or|with|on|for|to|in|of|at|cals?)(?![a-z]))[a-z-]+)';
/** What may stand between a number and its noun: nothing, a counter, and up to two words that describe it. */
const counterOf = new RegExp(`^[ -]?${counter}? ?(?:の|分の|of )?`);
const described = new RegExp(`^${adjective}[ -]?`);
const ofCores = /^ ?(?:x|×|\*|by|個の|基の)? ?\d{1,3}[ -]?(?:cores?|コア)/;
const closing = new RegExp(`^(?: ?${counter}| ?日|[,、。.;)\\]]|$|[とでをがにの])`);
const linking = /^(?:[がはをも:= (×x、]|数|約|total|are|is)*$/;

/**
 * The numbers of a folded text by their unit: `10 PCs`, `PC 10 台`, `25 人`, `two 8-core processors`, `16 コアの物理サーバー 2 台`.
 * The first number of a unit holds; devices of different kinds are added, and those each person has are multiplied. A bare 台 or 人 belongs to the noun before it, and
 * 人 alone counts users.
 */
export function readCounts(folded: string, unitWords: readonly UnitWord[]): Counts {
  const counts: Partial<Record<Unit, number>> = {};
  const devices = new Set<string>();
  let devicesEach = 0;
  for (const match of folded.matchAll(number)) {
    const value = spelled.get(match[2] ?? match[3] ?? '') ?? Number(match[1]?.replaceAll(',', ''));
    const end = match.index + match[0].length;
    if (isReleaseYear(value, folded.slice(end)) || isShare(value, folded.slice(end))) continue;
    const word = wordAfter(folded, end, unitWords) ?? wordBefore(folded, match.index, end, unitWords);
    const unit = word?.term ?? unitAlone(folded.slice(end));
    const kind = word === undefined ? '' : folded.slice(word.start, word.end);
    if (unit === 'devices' && !devices.has(kind)) {
      const each = isForEach(folded, match.index, Math.max(end, word?.end ?? 0));
      devicesEach += each ? value : 0;
      counts.devices = (counts.devices ?? 0) + (each ? 0 : value);
    } else if (unit !== undefined) counts[unit] ??= value;
    if (unit === 'devices') devices.add(kind);
  }
  if (devicesEach === 0) return counts;
  const { devices: others = 0, ...rest } = counts;
  return rest.users === undefined ? rest : { ...rest, devices: others + rest.users * devicesEach };
}

/** The one of `1 人 2 台` and `1 人あたり`. */
function isShare(value: number, rest: string): boolean {
  return value === 1 && /^(?:人|名)(?:あたり|当たり|につき|が|で)?(?:に|[a-zァ-ヺ]+)?\d/.test(rest);
}

/** Whether a number of devices is what each person has: `2 devices each`, `PC 2 台ずつ`, `1 人 2 台`. */
function isForEach(folded: string, start: number, end: number): boolean {
  return (
    /^(?: ?台)? ?(?:each|apiece|per (?:user|person|employee|head)|ずつ)/.test(folded.slice(end)) ||
    /(?:1|一)(?:人|名)(?:あたり|当たり|につき|が|で)?(?:に|[a-zァ-ヺ]+)?$/.test(folded.slice(0, start))
  );
}

function isReleaseYear(value: number, rest: string): boolean {
  return /^20(03|08|12|16|19|22|25)$/.test(String(value)) && !new RegExp(`^ ?${counter}`).test(rest);
}

function wordAfter(folded: string, end: number, unitWords: readonly UnitWord[]): UnitWord | undefined {
  const skips = [/^[ -]?/.exec(folded.slice(end))?.[0].length ?? 0, counterOf.exec(folded.slice(end))?.[0].length ?? 0];
  for (let words = 0; words < 2; words += 1) {
    const skipped = skips.at(-1) ?? 0;
    skips.push(skipped + (described.exec(folded.slice(end + skipped, end + skipped + 40))?.[0].length ?? 0));
  }
  return skips.map((skip) => unitWords.find(({ start }) => start === end + skip)).find((word) => word !== undefined);
}

function wordBefore(folded: string, start: number, end: number, unitWords: readonly UnitWord[]): UnitWord | undefined {
  if (!closing.test(folded.slice(end))) return undefined;
  return unitWords.findLast((word) => word.end <= start && linking.test(folded.slice(word.end, start)));
}

function unitAlone(rest: string): Unit | undefined {
  if (ofCores.test(rest)) return 'processors';
  return /^ ?(?:人|名)(?!前)/.test(rest) ? 'users' : undefined;
}
