import type { RichTextElement, RichTextSection } from '@slack/types';
import type { Span, Spans } from '../../src/text/span.ts';

export type ExpandKey = (id: string) => string;

/**
 * Spans as styled runs. Runs carry their style as data, so nothing is escaped and nothing is read as markup; `*` and `_`
 * would need spaces around them, which Japanese does not have (https://github.com/seratch/ChatGPT-in-Slack/issues/61).
 */
export function richText(spans: Spans, expandKey: ExpandKey): RichTextElement[] {
  return spans.filter((span) => !('text' in span) || span.text !== '').map((span) => run(span, expandKey));
}

function run(span: Span, expandKey: ExpandKey): RichTextElement {
  switch (span.kind) {
    case 'text':
      return { type: 'text', text: span.text };
    case 'strong':
      return { type: 'text', text: span.text, style: { bold: true } };
    case 'code':
      return { type: 'text', text: span.text, style: { code: true } };
    case 'link':
      return { type: 'link', url: span.url, text: span.text };
    case 'key':
      return { type: 'text', text: expandKey(span.id), style: { code: true } };
    case 'person':
      return { type: 'user', user_id: span.id };
    default:
      return span satisfies never;
  }
}

/** A run of text as a section; a blank where there is nothing, since Slack refuses an empty one. */
export function section(spans: Spans, expandKey: ExpandKey): RichTextSection {
  const elements = richText(spans, expandKey);
  return { type: 'rich_text_section', elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }] };
}

/** The three characters that mean something in Slack's `text`, which is the only place we write markup into. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
