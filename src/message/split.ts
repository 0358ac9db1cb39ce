import { type Span, type Spans, spansToText } from '../text/span.ts';
import type { Block } from './message.ts';

/**
 * Splits a block that holds more than `most` characters: code at its lines, text between words. A list becomes
 * paragraphs, which keep its numbers.
 */
export function splitBlock(block: Block, most: number): readonly Block[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return splitSpans(block.spans, most).map((spans) => ({ ...block, spans }));
    case 'code':
      return splitText(block.text, most).map((text) => ({ ...block, text }));
    case 'list': {
      if (block.items.reduce((sum, item) => sum + spansLength(item), 0) <= most) return [block];
      const items = block.items.map(
        (item, index): Spans => [{ kind: 'text', text: block.ordered ? `${index + 1}. ` : '- ' }, ...item],
      );
      return items.flatMap((item) => splitSpans(item, most)).map((spans) => ({ kind: 'paragraph', spans }));
    }
    case 'fields':
      return group(block.fields, ({ name, value }) => name.length + 2 + spansLength(value), most).map((fields) => ({
        ...block,
        fields,
      }));
    case 'divider':
      return [block];
    default:
      return block satisfies never;
  }
}

function spansLength(spans: Spans): number {
  return spansToText(spans).length + 3;
}

function group<Item>(items: readonly Item[], length: (item: Item) => number, most: number): Item[][] {
  const groups: Item[][] = [[]];
  let room = most;
  for (const item of items) {
    const size = length(item) + 1;
    if (size > room && groups.at(-1)?.length !== 0) {
      groups.push([]);
      room = most;
    }
    groups.at(-1)?.push(item);
    room -= size;
  }
  return groups;
}

function splitSpans(spans: Spans, most: number): Spans[] {
  if (spansLength(spans) <= most) return [spans];
  const pieces = spans.flatMap((span): Span[] =>
    span.kind === 'key' || span.kind === 'person'
      ? [span]
      : splitText(span.text, most - 4).map((text) => ({ ...span, text })),
  );
  return group(pieces, (span) => spansLength([span]), most);
}

/** Cuts at the last line end, else the last blank, else anywhere but inside a surrogate pair. */
function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = rest.slice(0, most);
    const at =
      Math.max(head.lastIndexOf('\n') + 1, 0) ||
      Math.max(head.lastIndexOf(' ') + 1, 0) ||
      (isHighSurrogate(head.charCodeAt(most - 1)) ? most - 1 : most);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
