import { type APIAllowedMentions, type APIMessageTopLevelComponent, ComponentType, MessageFlags } from 'discord.js';
import type { Block, Message } from '../../src/message/message.ts';
import { splitBlock } from '../../src/message/split.ts';
import type { Spans } from '../../src/text/span.ts';
import { markLanguage } from './custom-id.ts';
import { limits } from './limits.ts';
import { codeBlock, type ExpandKey, escapeMarkdown, markdown } from './markdown.ts';
import { renderButtons } from './render-buttons.ts';

/** What one Discord message holds: components of the second version, and nobody mentioned whatever the text says. */
export interface Payload {
  readonly flags: number;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly allowed_mentions: APIAllowedMentions;
}

export interface RenderOptions {
  readonly expandKey: ExpandKey;
  /** What stands in a menu before anything is chosen. */
  readonly choose: string;
}

export const noMentions: APIAllowedMentions = { parse: [] };

/** Escaping may double a text: a part of this size always fits. */
const partLength = limits.textPerMessage / 2 - 20;

/**
 * Renders a message as one Discord message or, where it is too long for one, as several: nothing is cut. The buttons stand
 * under the last.
 */
export function renderMessage(message: Message, options: RenderOptions): readonly [Payload, ...Payload[]] {
  const { locale, choices = [], actions = [] } = message;
  const rows = [
    ...renderButtons(choices, 'choice', options.choose),
    ...renderButtons(actions, 'action', options.choose),
  ];
  const [first = [], ...more] = pages(message.blocks, options.expandKey);
  const page = (shown: readonly APIMessageTopLevelComponent[], last: boolean): Payload => ({
    flags: MessageFlags.IsComponentsV2,
    components: marked([...shown, ...(last ? rows : [])], markLanguage(locale)),
    allowed_mentions: noMentions,
  });
  return [page(first, more.length === 0), ...more.map((shown, index) => page(shown, index === more.length - 1))];
}

function marked(
  components: readonly APIMessageTopLevelComponent[],
  id: number,
): readonly APIMessageTopLevelComponent[] {
  const [first = text('\u200b'), ...rest] = components;
  return [{ ...first, id }, ...rest];
}

/** Fills pages with as many blocks as Discord takes; a block that fills more than its part is split first. */
function pages(blocks: readonly Block[], expandKey: ExpandKey): APIMessageTopLevelComponent[][] {
  const all: APIMessageTopLevelComponent[][] = [[]];
  let room: number = limits.textPerMessage;
  for (const part of blocks.flatMap((block) => splitBlock(block, partLength))) {
    const shown = renderBlock(part, expandKey);
    const size = shown.type === ComponentType.TextDisplay ? shown.content.length : 0;
    if (size > room || (all.at(-1)?.length ?? 0) >= limits.blocksPerMessage) {
      all.push([]);
      room = limits.textPerMessage;
    }
    all.at(-1)?.push(shown);
    room -= size;
  }
  return all;
}

function renderBlock(block: Block, expandKey: ExpandKey): APIMessageTopLevelComponent {
  switch (block.kind) {
    case 'heading':
      return text(`### ${markdown(block.spans, expandKey).replaceAll('\n', ' ')}`);
    case 'paragraph':
      return text(markdown(block.spans, expandKey));
    case 'list':
      return text(
        block.items
          .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${itemText(item, expandKey)}`)
          .join('\n'),
      );
    case 'code':
      return text(codeBlock(block.text));
    case 'note':
      return text(
        markdown(block.spans, expandKey)
          .split('\n')
          .map((line) => `-# ${line}`)
          .join('\n'),
      );
    case 'fields':
      return text(
        block.fields.map(({ name, value }) => `**${escapeMarkdown(name)}**: ${markdown(value, expandKey)}`).join('\n'),
      );
    case 'divider':
      return { type: ComponentType.Separator };
    default:
      return block satisfies never;
  }
}

function itemText(item: Spans, expandKey: ExpandKey): string {
  return markdown(item, expandKey).replaceAll('\n', '\n  ');
}

/** A run of text; a space nobody sees where there is nothing, since Discord refuses an empty one. */
function text(content: string): APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content: content.trim() === '' ? '\u200b' : content };
}
