const link = /<(https?:\/\/[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>/g;
const mention = /<[@#!][^>]*>/g;
const fence = /^\s*```|```\s*$/gm;

/** What a person wrote, out of Slack's markup: links as shown, mentions and code fences gone, entities decoded. */
export function readMessageText(text: string): string {
  return text
    .replace(link, (_, url: string, label: string | undefined) => label ?? url)
    .replace(mention, '')
    .replace(fence, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
