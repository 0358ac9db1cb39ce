import type { Spans } from '../text/span.ts';
import type { Block } from './message.ts';

export function paragraph(spans: Spans): Block {
  return { kind: 'paragraph', spans };
}

export function note(spans: Spans): Block {
  return { kind: 'note', spans };
}

export function list(items: readonly Spans[], ordered = false): Block {
  return { kind: 'list', ordered, items };
}
