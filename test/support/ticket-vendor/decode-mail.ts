import type { VendorTicket } from './vendor.ts';

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface DecodedMail extends Omit<VendorTicket, 'id' | 'visibleAt' | 'comments'> {
  readonly messageId: string;
  /** The mail it answers; empty where it answers none. */
  readonly inReplyTo: string;
}

/** Reads the mails nodemailer writes: nested multiparts, quoted-printable, base64, encoded words. Enough for our own. */
export function decodeMail(source: string): DecodedMail {
  const mail = partOf(source);
  const leaves = leavesOf(mail);
  const text = leaves.find(({ headers }) => !headers.get('content-disposition')?.startsWith('attachment'));
  const files = leaves.flatMap((part): readonly (readonly [string, string])[] => {
    const name = /filename="?([^";]+)"?/.exec(part.headers.get('content-disposition') ?? '')?.[1];
    return name === undefined ? [] : [[name, contentOf(part)]];
  });
  return {
    messageId: mail.headers.get('message-id') ?? '',
    inReplyTo: mail.headers.get('in-reply-to') ?? '',
    reference: mail.headers.get('x-licence-desk-reference') ?? '',
    subject: decodeWords(mail.headers.get('subject') ?? ''),
    body: text === undefined ? '' : contentOf(text),
    files: new Map(files),
  };
}

function partOf(source: string): Part {
  const [head = '', ...rest] = source.split(/\r?\n\r?\n/);
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = new Map(
    lines.map(
      (line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const,
    ),
  );
  return { headers, body: rest.join('\r\n\r\n') };
}

function leavesOf(part: Part): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(part.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return [part];
  return part.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((each) => leavesOf(partOf(each.replace(/^\r?\n/, ''))));
}

function contentOf({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding') ?? '';
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r?\n/g, '')) : body;
}

function decodeQuoted(text: string): string {
  const bytes = [...text].flatMap((character, index, all) => {
    if (all[index - 1] === '=' || all[index - 2] === '=') return [];
    return character === '='
      ? [Number.parseInt(`${all[index + 1]}${all[index + 2]}`, 16)]
      : [...Buffer.from(character)];
  });
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n');
}

function decodeWords(text: string): string {
  const words = text.replace(/\?=\s+=\?/g, '?==?');
  return words.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('utf8') : decodeQuoted(word.replaceAll('_', ' ')),
  );
}
