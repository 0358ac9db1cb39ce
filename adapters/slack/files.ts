import type { Log } from '../../src/ports/log.ts';
import { decodeText } from '../decode-text.ts';
import { readFault } from './faults.ts';
import { fileLimit, paces } from './limits.ts';
import type { SlackFile } from './payloads.ts';
import type { SlackWeb } from './web.ts';

export interface FilesRead {
  readonly texts: readonly string[];
  /** The names of those that are no text, too big, or not to be had. */
  readonly unread: readonly string[];
}

/**
 * Fetches the text files of a message. It is the one call before an ack: what was told to Slack would be lost in a crash,
 * and the file with it. It takes at most `paces.fileTimeoutMs` each.
 */
export async function readFiles(
  { web, log }: { readonly web: SlackWeb; readonly log: Log },
  installation: string,
  files: readonly SlackFile[],
): Promise<FilesRead> {
  const read = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(web, log, installation, file) })),
  );
  return {
    texts: read.map(({ text }) => text).filter((text) => text !== undefined),
    unread: read.filter(({ text }) => text === undefined).map(({ file }) => file.name ?? file.id),
  };
}

async function readFile(web: SlackWeb, log: Log, installation: string, file: SlackFile): Promise<string | undefined> {
  const url = file.url_private_download ?? file.url_private;
  if (url == null || !isText(file) || (file.size ?? 0) > fileLimit) return undefined;
  try {
    const token = await web.token(installation);
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(paces.fileTimeoutMs),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Without the scope Slack answers 200 with a page to sign in.
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
    if (answer.ok && !isPage && bytes.length <= fileLimit) return decodeText(bytes);
    log.warn({ file: file.id, status: answer.status, isPage }, 'slack: file not read');
  } catch (error) {
    log.warn(
      { file: file.id, reason: error instanceof DOMException ? error.name : readFault(error).kind },
      'slack: file not read',
    );
  }
  return undefined;
}

function isText({ mimetype }: SlackFile): boolean {
  return mimetype == null || mimetype.startsWith('text/') || mimetype === 'application/json';
}
