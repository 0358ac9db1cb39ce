import { maxReadableLength } from '../limit.ts';

/** A text without what chat adds, and the same without any blank, which wrapping and missing breaks cannot change. */
export interface Tidied {
  readonly text: string;
  readonly squeezed: string;
  /** Where each character of `squeezed` stands in `text`. */
  readonly at: Uint32Array;
}

const entities: Readonly<Record<string, string>> = { '&gt;': '>', '&lt;': '<', '&amp;': '&' };

/** Removes quote marks, code fences, emphasis and invisible characters; makes full-width forms and smart quotes plain. */
export function tidy(text: string): Tidied {
  const plain = text
    .slice(0, maxReadableLength)
    .replace(/&(?:gt|lt|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/®/g, '(R)')
    .normalize('NFKC')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*[>|])+/gm, '')
    .replace(/^[ \t]*```\w*[ \t]*$/gm, '')
    .replace(/[`*]/g, '')
    .slice(0, maxReadableLength);
  const at = new Uint32Array(plain.length + 1);
  const parts: string[] = [];
  let length = 0;
  for (const match of plain.matchAll(/\S+/g)) {
    parts.push(match[0]);
    for (let offset = 0; offset < match[0].length; offset += 1) at[length++] = match.index + offset;
  }
  at[length] = plain.length;
  return { text: plain, squeezed: parts.join(''), at: at.subarray(0, length + 1) };
}
