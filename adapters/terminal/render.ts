import type { Block, Button, Form, Message } from '../../src/message/message.ts';
import { type Spans, spansToText } from '../../src/text/span.ts';

/** How a terminal shows a message: its lines, and what is typed to press each button. */
export interface Screen {
  readonly text: string;
  readonly buttons: ReadonlyMap<string, Button>;
}

export interface RenderOptions {
  readonly expandKey: (id: string) => string;
  /** Whether the terminal shows bold and dim. */
  readonly styled: boolean;
}

/** Renders a message for a terminal. Control characters in anybody's text are dropped, so that no text can move the cursor. */
export function renderMessage(message: Message, options: RenderOptions): Screen {
  const buttons = [...(message.choices ?? []), ...(message.actions ?? [])];
  const blocks = message.blocks.map((block) => renderBlock(block, options));
  // Where a form may be filled in, a number can be the answer: letters press the buttons there.
  const letters = buttons.some(({ opens }) => opens === 'form');
  const marked = buttons.map(
    (button, index) => [letters ? String.fromCodePoint(97 + index) : String(index + 1), button] as const,
  );
  const menu = marked.map(([mark, button]) => `  ${mark.padStart(2)}  ${clean(button.label)}`);
  return { text: [...blocks, ...(menu.length > 0 ? [menu.join('\n')] : [])].join('\n\n'), buttons: new Map(marked) };
}

function renderBlock(block: Block, options: RenderOptions): string {
  switch (block.kind) {
    case 'heading':
      return styled(inline(block.spans, options), '1', options);
    case 'paragraph':
      return inline(block.spans, options);
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${inline(item, options)}`)
        .join('\n');
    case 'code':
      return block.text
        .split('\n')
        .map((line) => `    ${clean(line)}`)
        .join('\n');
    case 'note':
      return styled(inline(block.spans, options), '2', options);
    case 'fields':
      return block.fields.map(({ name, value }) => `${clean(name)}: ${inline(value, options)}`).join('\n');
    case 'divider':
      return '---';
    default:
      return block satisfies never;
  }
}

function inline(spans: Spans, options: RenderOptions): string {
  return spans
    .map((span) => {
      const text = clean(spansToText([span], options.expandKey));
      if (span.kind === 'link') return `${text} <${clean(span.url)}>`;
      return span.kind === 'strong' ? styled(text, '1', options) : text;
    })
    .join('');
}

function styled(text: string, style: '1' | '2', { styled: on }: RenderOptions): string {
  return on ? `\u001b[${style}m${text}\u001b[0m` : text;
}

function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** The line that asks one field of a form. */
export function renderField(field: Form['fields'][number]): string {
  const choices =
    field.kind === 'choice'
      ? `\n${field.choices.map(({ label }, index) => `  ${String(index + 1).padStart(2)}  ${clean(label)}`).join('\n')}`
      : '';
  return `${clean(field.label)}${field.hint === undefined ? '' : `: ${clean(field.hint)}`}${choices}`;
}
