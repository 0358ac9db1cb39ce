import type { Knowledge } from '../knowledge/knowledge.ts';
import type { TicketTexts } from '../knowledge/schema/tickets.ts';
import { redact } from '../reading/redact.ts';
import type { Locale } from '../text/locale.ts';
import { buildCaseFile, caseFileName, outputName } from './build-case-file.ts';
import type { Case } from './case.ts';
import type { Ticket, TicketFile } from './ticket.ts';
import { say, ticketValues, whole } from './ticket-values.ts';
import { renderTranscript } from './transcript.ts';

/** The shortest subject a desk takes. Source: ConnectWise PSA, `summary`. */
export const subjectLimit = 100;

/**
 * The ticket as it will be sent, in the desk's language whatever the requester's. Pure: the preview shows this very value and
 * the outbox keeps it. It is sent only when `sealTicket` lets it through.
 */
export function renderTicket(knowledge: Knowledge, item: Case, locale: Locale): Ticket {
  const texts = knowledge.texts[locale].tickets;
  const evidence = filesOf(texts, item);
  const caseFile = buildCaseFile(knowledge, item, locale, evidence);
  const json: TicketFile = {
    name: caseFileName,
    type: 'application/json',
    text: `${JSON.stringify(masked(caseFile), null, 2)}\n`,
  };
  const files = [json, ...evidence];
  const values = ticketValues(knowledge, item, locale, caseFile.evidence.title, files);
  return {
    reference: caseFile.reference,
    number: caseFile.number,
    locale,
    subject: withoutPasswords(subjectOf(texts, values)),
    body: withoutPasswords(bodyOf(texts, item, values)),
    severity: caseFile.severity.level,
    requester: { name: values.contactName ?? item.sender.name, email: values.contactEmail ?? '' },
    files,
    createdAt: item.at,
  };
}

/**
 * Sentences joined to one text can look like a password ("it asks for a password:"): that is masked here, before anybody is shown
 * it. What looks like a key was put together from parts: it stays, and the seal stops it.
 */
function withoutPasswords(text: string): string {
  const { text: clean, found } = redact(text);
  const { password, token, ...others } = found;
  return password + token > 0 && Object.values(others).every((count) => count === 0) ? clean : text;
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return withoutPasswords(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each)]));
}

function filesOf(texts: TicketTexts, { outputs, transcript, withoutTranscript, sender }: Case): readonly TicketFile[] {
  return [
    ...outputs.map(({ text }, index) => ({ name: outputName(index), type: 'text/plain', text }) as const),
    ...(withoutTranscript || transcript.length === 0
      ? []
      : [
          {
            name: 'transcript.md',
            type: 'text/markdown',
            text: withoutPasswords(renderTranscript(texts.speakers, transcript, sender.timeZone)),
          } as const,
        ]),
  ];
}

type Values = Readonly<Record<string, string>>;

/** The tag first, so that cutting from the right never takes it. */
function subjectOf({ subject }: TicketTexts, values: Values): string {
  const parts = subject.parts.flatMap((part) => whole(part, values) ?? []);
  const line = [say(subject.tag, values), ...parts].join(' ').replace(/\s+/g, ' ');
  return line.length <= subjectLimit ? line : `${cut(line, subjectLimit - 1)}…`;
}

/** The first `length` UTF-16 units, without half a character at the end. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

function bodyOf(texts: TicketTexts, { sender }: Case, values: Values): string {
  const line = ({ label, parts }: TicketTexts['head'][number]): readonly string[] => {
    const given = parts.flatMap((part) => whole(part, values) ?? []);
    return given.length === 0 ? [] : [`${label}${given.join(texts.join)}`];
  };
  const opening = whole(texts.opening[sender.kind], values) ?? say(texts.opening.customer, values);
  const numbered = texts.sections.flatMap(line).map((text, index) => `${index + 1}. ${text}`);
  return [
    opening,
    '',
    ...texts.head.flatMap(line),
    '',
    ...numbered,
    '',
    ...texts.closing.flatMap((part) => whole(part, values) ?? []),
    '',
  ].join('\n');
}
