import type { Message } from '../../src/message/message.ts';
import type { Log } from '../../src/ports/log.ts';
import { redact } from '../../src/reading/redact.ts';
import type { Locale } from '../../src/text/locale.ts';
import { decodeText } from '../decode-text.ts';
import { readFault } from './faults.ts';
import { type IntakeParts, phraseMessage } from './intake.ts';
import { fileLimit, paces } from './limits.ts';
import { SlackFile } from './payloads.ts';
import type { SlackWeb } from './web.ts';
import { within } from './within.ts';

export interface FilesRead {
  readonly texts: readonly string[];
  /** The names of those that are no text, too big, or not to be had. */
  readonly unread: readonly string[];
}

/**
 * Fetches the text files of a message. It is the one call before an ack: what was told to Slack would be lost in a crash,
 * and the file with it. It takes at most `paces.fileTimeoutMs`, and `paces.askBeforeAckMs` where Slack is asked about it first.
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

/** What the person is told of the files that were not read. */
export function unreadMessages(parts: IntakeParts, locale: Locale, { unread }: FilesRead): readonly Message[] {
  const limit = fileLimit / 1024;
  return unread.map((name) => phraseMessage(parts, locale, 'file-unread', { name: redact(name).text, limit }));
}

async function readFile(web: SlackWeb, log: Log, installation: string, named: SlackFile): Promise<string | undefined> {
  try {
    const file = await described(web, installation, named);
    const url = file.url_private_download ?? file.url_private;
    if (url == null || !isText(file) || (file.size ?? 0) > fileLimit) return undefined;
    // The address of a remote file is its owner's (https://docs.slack.dev/reference/methods/files.remote.info).
    if (!web.owns(url)) {
      log.warn({ file: file.id }, 'slack: file elsewhere not read');
      return undefined;
    }
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
    log.warn({ file: named.id, reason: reasonOf(error) }, 'slack: file not read');
  }
  return undefined;
}

/** In a channel that is shared with another organisation an event names the file and no more (https://docs.slack.dev/apis/slack-connect). */
async function described(web: SlackWeb, installation: string, named: SlackFile): Promise<SlackFile> {
  if (named.file_access !== 'check_file_info') return named;
  const client = await web.client(installation);
  const told = await within(paces.askBeforeAckMs, client.files.info({ file: named.id }));
  return SlackFile.catch(named).parse(told?.file);
}

/** `fetch` and its timeout throw errors of their own. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException || error instanceof TypeError) return error.name;
  const fault = readFault(error);
  return fault.kind === 'refused' ? fault.error : fault.kind;
}

function isText({ mimetype }: SlackFile): boolean {
  return mimetype == null || mimetype.startsWith('text/') || mimetype === 'application/json';
}
