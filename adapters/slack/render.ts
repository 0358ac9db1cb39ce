import type { KnownBlock, RichTextBlock, RichTextBlockElement } from '@slack/types';
import type { Block, Message } from '../../src/message/message.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { splitBlock } from '../../src/message/split.ts';
import { type Spans, spansToText } from '../../src/text/span.ts';
import { limits } from './limits.ts';
import { plainText, renderButtons } from './render-buttons.ts';
import { type ExpandKey, escapeText, section } from './rich-text.ts';

/** What one Slack message holds. `text` is the fallback that notifications and screen readers take. */
export interface Payload {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export interface RenderOptions {
  readonly expandKey: ExpandKey;
  /** What stands in a menu before anything is chosen. */
  readonly choose: string;
}

/**
 * Renders a message as one Slack message or, where it is too long for one, as several: nothing is cut. The buttons stand
 * under the last.
 */
export function renderMessage(message: Message, options: RenderOptions): readonly [Payload, ...Payload[]] {
  const { locale, choices = [], actions = [] } = message;
  const buttons = [
    ...renderButtons(choices, locale, 'choice', options.choose),
    ...renderButtons(actions, locale, 'action', options.choose),
  ];
  const [first = [], ...more] = pages(message.blocks);
  const page = (blocks: readonly Block[], last: boolean): Payload => ({
    text: fallback({ locale, blocks }, options),
    blocks: [...blocks.map((block) => renderBlock(block, options)), ...(last ? buttons : [])],
  });
  return [page(first, more.length === 0), ...more.map((blocks, index) => page(blocks, index === more.length - 1))];
}

/** Fills pages with as many blocks as Slack takes; a block that fills more than a page alone is split first. */
function pages(blocks: readonly Block[]): Block[][] {
  const all: Block[][] = [[]];
  let room: number = limits.textPerMessage;
  for (const block of blocks.flatMap((each) => splitBlock(each, limits.textPerMessage))) {
    const size = messageToText({ locale: 'en', blocks: [block] }, keyLength).length;
    if (size > room || (all.at(-1)?.length ?? 0) >= limits.blocksPerMessage) {
      all.push([]);
      room = limits.textPerMessage;
    }
    all.at(-1)?.push(block);
    room -= size;
  }
  return all;
}

const keyLength = () => 'X'.repeat(29);

/** The blocks hold everything, so the fallback may end early. */
function fallback(message: Message, { expandKey }: RenderOptions): string {
  let text = messageToText(message, expandKey);
  while (escapeText(text).length > limits.fallbackText) text = `${text.slice(0, Math.floor(text.length * 0.9))}…`;
  return text === '' ? ' ' : escapeText(text);
}

function renderBlock(block: Block, { expandKey }: RenderOptions): KnownBlock {
  switch (block.kind) {
    case 'heading':
      return heading(block.spans, expandKey);
    case 'paragraph':
      return richTextBlock([section(block.spans, expandKey)]);
    case 'list':
      return richTextBlock([
        {
          type: 'rich_text_list',
          style: block.ordered ? 'ordered' : 'bullet',
          elements: block.items.map((item) => section(item, expandKey)),
        },
      ]);
    case 'code':
      return richTextBlock([
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: block.text === '' ? ' ' : block.text }] },
      ]);
    case 'note':
      return note(block.spans, expandKey);
    case 'fields':
      return richTextBlock([
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: block.fields.map(({ name, value }) =>
            section([{ kind: 'strong', text: `${name}: ` }, ...value], expandKey),
          ),
        },
      ]);
    case 'divider':
      return { type: 'divider' };
    default:
      return block satisfies never;
  }
}

function richTextBlock(elements: RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements };
}

function heading(spans: Spans, expandKey: ExpandKey): KnownBlock {
  const text = spansToText(spans, expandKey);
  if (text !== '' && text.length <= limits.headerText)
    return { type: 'header', text: plainText(text, limits.headerText) };
  return richTextBlock([section([{ kind: 'strong', text }], expandKey)]);
}

/** Small print knows no styled runs: a note with a command in it stays large, so that the command can be read and copied. */
function note(spans: Spans, expandKey: ExpandKey): KnownBlock {
  const text = spansToText(spans, expandKey);
  const plain = spans.every(({ kind }) => kind === 'text') && text !== '' && text.length <= limits.contextText;
  return plain
    ? { type: 'context', elements: [plainText(text, limits.contextText)] }
    : richTextBlock([section(spans, expandKey)]);
}
