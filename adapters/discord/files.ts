import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Locale } from '../../src/text/locale.ts';
import type { Values } from '../../src/text/sentence.ts';
import { decodeText, isBinary } from '../decode-text.ts';
import { type IntakeParts, phraseMessage } from './intake.ts';
import { fileLimit, times } from './limits.ts';
import { escapeMarkdown } from './markdown.ts';

/** What Discord says about a file. */
export interface DiscordFile {
  readonly name: string;
  readonly url: string;
  readonly size: number;
}

/** What came of the files of a message: their texts in order, and the names of those that were not read. */
export interface FilesRead {
  readonly texts: readonly string[];
  readonly unread: readonly string[];
}

/**
 * Reads a person's files. One that is too big, no text, or not to be had in time is named. An address of a file is Discord's
 * own and needs no token.
 */
export async function readFiles(parts: IntakeParts, files: Iterable<DiscordFile>): Promise<FilesRead> {
  const read = await Promise.all([...files].map(async (file) => ({ file, text: await readFile(parts, file) })));
  return {
    texts: read.flatMap(({ text }) => (text === undefined ? [] : [text])),
    unread: read.flatMap(({ file, text }) => (text === undefined ? [file.name] : [])),
  };
}

/** What is said about each file that was not read. */
export function unreadMessages(parts: IntakeParts, locale: Locale, { unread }: FilesRead): readonly Message[] {
  return unread.map((name) => phraseMessage(parts, locale, 'file-unread', valuesOf(name)));
}

/** The same as markdown. */
export function unreadLines({ knowledge }: IntakeParts, locale: Locale, { unread }: FilesRead): readonly string[] {
  const words = new Words(knowledge(), locale);
  return unread.map((name) => escapeMarkdown(words.label('file-unread', valuesOf(name))));
}

function valuesOf(name: string): Values {
  return { name, limit: fileLimit / 1024 };
}

async function readFile({ log }: IntakeParts, { url, size }: DiscordFile): Promise<string | undefined> {
  if (size > fileLimit) return undefined;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(times.fileTimeoutMs) });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.ok && bytes.length <= fileLimit) return isBinary(bytes) ? undefined : decodeText(bytes);
    log.warn({ status: answer.status, bytes: bytes.length }, 'discord: file not read');
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'discord: file not read');
  }
  return undefined;
}
