import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { Shown } from '../contracts/chat-scenarios.ts';
import { elementsOf, optionsOf } from '../support/slack-peer/elements.ts';
import { child, word } from '../support/slack-peer/json.ts';
import type { PeerMessage } from '../support/slack-peer/world.ts';

/** A message of this Slack as a person sees it, a line a paragraph. */
export function shown(message: PeerMessage): Shown {
  const buttons = elementsOf(message).flatMap(({ type, label, element }) =>
    type === 'button' ? [label] : optionsOf(element).map((option) => word(child(option, 'text').text)),
  );
  const blocks = JSON.parse(JSON.stringify(message.blocks)) as readonly KnownBlock[];
  return { text: blocks.flatMap(linesOf).join('\n'), buttons };
}

function linesOf(block: KnownBlock): readonly string[] {
  switch (block.type) {
    case 'header':
      return [`# ${block.text.text}`];
    case 'context':
      return block.elements.map((element) => ('text' in element ? `(${element.text})` : ''));
    case 'rich_text':
      return block.elements.flatMap(richLines);
    case 'divider':
      return ['---'];
    default:
      return [];
  }
}

function richLines(element: RichTextBlockElement): readonly string[] {
  if (element.type !== 'rich_text_list') return [runs(element.elements)];
  return element.elements.map(
    (item, index) => `${element.style === 'ordered' ? `${index + 1}.` : '-'} ${runs(item.elements)}`,
  );
}

/** The text of a run, with `**` and `` ` `` where Slack shows bold and code. */
function runs(elements: readonly RichTextElement[]): string {
  return elements.map(readRun).join('');
}

function styled(run: Extract<RichTextElement, { type: 'text' | 'link' }>): string {
  const text = run.text ?? '';
  if (run.style?.bold === true) return `**${text}**`;
  if (run.style?.code === true) return `\`${text}\``;
  return run.type === 'link' ? `${text} <${run.url}>` : text;
}

function readRun(run: RichTextElement): string {
  if (run.type === 'user') return `<@${run.user_id}>`;
  return run.type === 'text' || run.type === 'link' ? styled(run) : '';
}
