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

/** Gives every mention the nearest word of a role. A word serves one mention; another mention between parts them. */
export function assignRoles(
  folded: string,
  mentions: readonly Mention[],
  words: readonly RoleWord[],
): readonly RoledMention[] {
  const pairs = mentions
    .flatMap((mention) => words.map((word) => ({ mention, word, cost: costOf(folded, mention, word, mentions) })))
    .filter(({ cost }) => cost <= farthest)
    .toSorted((a, b) => a.cost - b.cost);
  const roles = new Map<Mention, string>();
  const taken = new Set<RoleWord>();
  for (const { mention, word } of pairs) {
    if (roles.has(mention) || taken.has(word)) continue;
    roles.set(mention, word.term);
    taken.add(word);
  }
  return mentions.map((mention) => ({ ...mention, role: roles.get(mention) }));
}

function costOf(folded: string, mention: Mention, word: RoleWord, mentions: readonly Mention[]): number {
  const follows = word.start >= mention.end;
  if (word.side === (follows ? 'before' : 'after')) return Number.POSITIVE_INFINITY;
  const [from, to] = follows ? [mention.end, word.start] : [word.end, mention.start];
  if (mentions.some((other) => other !== mention && other.start >= from && other.end <= to))
    return Number.POSITIVE_INFINITY;
  return folded.slice(from, Math.max(from, to)).replaceAll(filler, '').length + (follows ? 0 : precedingCost);
}
