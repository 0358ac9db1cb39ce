import type { Log } from '../../src/ports/log.ts';
import { decodeText, isBinary } from '../decode-text.ts';
import { fileLimit, times } from './limits.ts';

/** What Discord says about a file. */
export interface DiscordFile {
  readonly url: string;
  readonly size: number;
}

/**
 * The text of a person's file; undefined when it is too big, no text, or not to be had in time. An address of a file is
 * Discord's own and needs no token.
 */
export async function readFile({ url, size }: DiscordFile, log: Log): Promise<string | undefined> {
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
