import type { Found, Lexicon } from './lexicon.ts';

/** A word of a role. `side` is where it stands where only one side counts: `to` before its mention, に after it. */
export interface RoleWord extends Found {
  readonly side: 'before' | 'after' | undefined;
}

/** A version or an edition named in a text. */
export interface Mention {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A mention with the word it belongs to (`cal`, `host`, …), where one stands beside it. */
export interface RoledMention extends Mention {
  readonly role: string | undefined;
}

const editionTerms: ReadonlySet<string> = new Set(['standard', 'datacenter', 'essentials', 'azure']);
const versionWord =
  /(?<![a-z0-9./-]|0x)(?:w(?:in|s)?|server|2k)?(?:20|(?<=2k))(03|08|12|16|19|22|25)( ?r2)?(?![0-9a-z]|[-/.]\d|年)/g;

/** The Windows Server versions of a folded text, in order, as ids (`2012r2`). */
export function findVersions(folded: string): readonly Mention[] {
  return [...folded.matchAll(versionWord)].map((match) => ({
    value: `20${match[1]}${match[2] === undefined ? '' : 'r2'}`,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The editions of a folded text, in order, as ids: the terms that have their names. */
export function findEditions(folded: string, terms: Lexicon): readonly Mention[] {
  return terms.find(folded, editionTerms).map(({ term, start, end }) => ({ value: term, start, end }));
}

/** Words between a version and its noun that do not part them. */
const filler =
  /(?<![a-z])(?:windows|server|std|standard|data ?center|essentials|edition|user|device|volume|oem|retail|licens(?:es|e|ed|ing)?|is|are|runs?|running|on|of|for|with|the|an?|version)(?![a-z])|サーバ(?=の)|版|用|向け|ユーザ|デバイス|エディション|バージョン|[のがはで]|[ ,:()'"・-]/g;
const farthest = 6;
/** A noun follows its version more often than it precedes it (`2022 CALs` rather than `CALs 2022`). */
const precedingCost = 3;

/** A mention left without a word costs more than any pair, so that as many as can have one. */
const aloneCost = farthest + 1;
/** Whoever names more versions than these asks no question about two of them. */
const mostMentions = 6;

interface Assignment {
  readonly cost: number;
  readonly roles: readonly (string | undefined)[];
}

/** Gives the mentions the words of roles beside them, the nearest all in all. A word serves one mention; another mention between parts them. */
export function assignRoles(
  folded: string,
  mentions: readonly Mention[],
  words: readonly RoleWord[],
): readonly RoledMention[] {
  const considered = mentions.slice(0, mostMentions);
  const candidates = considered.map((mention) =>
    words
      .map((word) => ({ word, cost: costOf(folded, mention, word, considered) }))
      .filter(({ cost }) => cost <= farthest),
  );
  const { roles } = assign(candidates, new Set());
  return considered.map((mention, index) => ({ ...mention, role: roles[index] }));
}

/** The cheapest assignment of words to the mentions from the first on. */
function assign(
  [first, ...others]: readonly (readonly { readonly word: RoleWord; readonly cost: number }[])[],
  taken: ReadonlySet<RoleWord>,
): Assignment {
  if (first === undefined) return { cost: 0, roles: [] };
  const alone = assign(others, taken);
  let best: Assignment = { cost: alone.cost + aloneCost, roles: [undefined, ...alone.roles] };
  for (const { word, cost } of first) {
    if (taken.has(word)) continue;
    const rest = assign(others, new Set([...taken, word]));
    if (rest.cost + cost < best.cost) best = { cost: rest.cost + cost, roles: [word.term, ...rest.roles] };
  }
  return best;
}

function costOf(folded: string, mention: Mention, word: RoleWord, mentions: readonly Mention[]): number {
  const follows = word.start >= mention.end;
  if (word.side === (follows ? 'before' : 'after')) return Number.POSITIVE_INFINITY;
  const [from, to] = follows ? [mention.end, word.start] : [word.end, mention.start];
  if (mentions.some((other) => other !== mention && other.start >= from && other.end <= to))
    return Number.POSITIVE_INFINITY;
  return folded.slice(from, Math.max(from, to)).replaceAll(filler, '').length + (follows ? 0 : precedingCost);
}
