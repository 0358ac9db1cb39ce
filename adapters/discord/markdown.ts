import type { Span, Spans } from '../../src/text/span.ts';

export type ExpandKey = (id: string) => string;

/** Spans as Discord's markdown, in one line or several. */
export function markdown(spans: Spans, expandKey: ExpandKey): string {
  return spans.map((span) => run(span, expandKey)).join('');
}

function run(span: Span, expandKey: ExpandKey): string {
  switch (span.kind) {
    case 'text':
      return escapeMarkdown(span.text);
    case 'strong':
      return span.text.trim() === '' ? span.text : `**${escapeMarkdown(span.text)}**`;
    case 'code':
      return inlineCode(span.text);
    case 'link':
      return `[${escapeMarkdown(span.text)}](<${span.url.replaceAll('>', '%3E')}>)`;
    case 'key':
      return inlineCode(expandKey(span.id));
    case 'person':
      return `<@${plainCharacters(span.id).replace(/[<>@&]/g, '')}>`;
    default:
      return span satisfies never;
  }
}

/** No character of a text means anything: no style, list, heading, link, mention or timestamp comes of it. */
export function escapeMarkdown(text: string): string {
  return plainCharacters(text)
    .replace(/[\\*_~|`<>[\]()#@]/g, '\\$&')
    .replace(/^(\s*)([-+])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}

/** Text kept as it stands, inside a line. A run with a backtick needs two around it. */
function inlineCode(text: string): string {
  const clean = plainCharacters(text).replaceAll('\n', ' ');
  if (clean === '') return '';
  return clean.includes('`') ? `\`\` ${clean} \`\`` : `\`${clean}\``;
}

/** Text kept as it stands, in lines of its own. Three backticks would end it: an invisible space parts them. */
export function codeBlock(text: string): string {
  return `\`\`\`\n${plainCharacters(text).replaceAll('``', '`\u200b`') || ' '}\n\`\`\``;
}

/** Control characters and the marks that turn the direction of writing are dropped. */
function plainCharacters(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
