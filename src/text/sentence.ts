import type { Span, Spans } from './span.ts';

/** What fills a placeholder: plain text, a number, or spans (a key, a link). */
export type Value = string | number | Spans;
export type Values = Readonly<Record<string, Value>>;

interface Piece {
  readonly kind: 'text' | 'strong' | 'code' | 'link';
  readonly parts: readonly Part[];
  readonly url?: string;
}
type Part = string | { readonly placeholder: string };

/** An author's sentence, parsed once when the knowledge is loaded. */
export interface Sentence {
  readonly pieces: readonly Piece[];
  readonly placeholders: readonly string[];
}

const inline = /\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\((?<url>https:\/\/[^\s)]+)\)/g;
const placeholder = /\{([a-z][a-zA-Z0-9]*)\}/g;

/**
 * Parses the authors' inline markup: `**strong**`, `` `code` ``, `[label](https://…)` and `{placeholder}`.
 * Anything else is text as it stands.
 */
export function parseSentence(source: string): Sentence {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of source.matchAll(inline)) {
    if (match.index > from) pieces.push({ kind: 'text', parts: parseParts(source.slice(from, match.index)) });
    pieces.push(pieceOf(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  if (from < source.length) pieces.push({ kind: 'text', parts: parseParts(source.slice(from)) });
  const names = new Set<string>();
  for (const match of source.matchAll(placeholder)) if (match[1] !== undefined) names.add(match[1]);
  return { pieces, placeholders: [...names] };
}

function pieceOf(groups: Readonly<Record<string, string | undefined>>): Piece {
  if (groups.strong !== undefined) return { kind: 'strong', parts: parseParts(groups.strong) };
  if (groups.code !== undefined) return { kind: 'code', parts: parseParts(groups.code) };
  return { kind: 'link', parts: parseParts(groups.label ?? ''), url: groups.url ?? '' };
}

function parseParts(source: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of source.matchAll(placeholder)) {
    if (match.index > from) parts.push(source.slice(from, match.index));
    parts.push({ placeholder: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < source.length) parts.push(source.slice(from));
  return parts;
}

/** Fills a sentence. A value is never read as markup; a placeholder without a value stays visible as `{name}`. */
export function fill(sentence: Sentence, values: Values = {}): Spans {
  return sentence.pieces.flatMap((piece) => fillPiece(piece, values));
}

function fillPiece(piece: Piece, values: Values): Span[] {
  const spans: Span[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') spans.push(spanOf(piece, text));
    text = '';
  };
  for (const part of piece.parts) {
    const value = typeof part === 'string' ? part : (values[part.placeholder] ?? `{${part.placeholder}}`);
    if (typeof value === 'object') {
      flush();
      spans.push(...value);
    } else text += value;
  }
  flush();
  return spans;
}

function spanOf(piece: Piece, text: string): Span {
  return piece.kind === 'link' ? { kind: 'link', text, url: piece.url ?? '' } : { kind: piece.kind, text };
}

/** The `code` spans of a sentence with their placeholders, to compare one language with the other. */
export function codeOf(sentence: Sentence): readonly string[] {
  return sentence.pieces
    .filter((piece) => piece.kind === 'code')
    .map((piece) => piece.parts.map((part) => (typeof part === 'string' ? part : `{${part.placeholder}}`)).join(''));
}
