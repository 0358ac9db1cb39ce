import { type Spans, spansToText } from '../text/span.ts';
import type { Block, Message } from './message.ts';

/** A message as plain text without its buttons: what a screen reader, a notification or a script gets. */
export function messageToText({ blocks }: Message, expandKey: (id: string) => string): string {
  const text = (spans: Spans) => spansToText(spans, expandKey);
  return blocks
    .map((block) => blockToText(block, text))
    .filter((line) => line !== '')
    .join('\n');
}

function blockToText(block: Block, text: (spans: Spans) => string): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return text(block.spans);
    case 'list':
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${text(item)}`).join('\n');
    case 'code':
      return block.text;
    case 'fields':
      return block.fields.map(({ name, value }) => `${name}: ${text(value)}`).join('\n');
    case 'divider':
      return '';
    default:
      return block satisfies never;
  }
}
