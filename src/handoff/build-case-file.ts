import { adviceOn } from '../knowledge/advice.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import type { Locale } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import { type Case, certain, factsOfCase } from './case.ts';
import { type CaseFile, sectionOfField } from './case-file.ts';
import { caseNumber, referenceOf } from './case-number.ts';
import { readGate } from './gate.ts';
import { severityOf } from './severity.ts';
import type { TicketFile } from './ticket.ts';

/** The case for machines. `locale` is the desk's: titles are in it. `files` are those that go along beside this one. */
export function buildCaseFile(
  knowledge: Knowledge,
  item: Case,
  locale: Locale,
  files: readonly TicketFile[],
): CaseFile {
  const { conversation, generation, sender, desk } = item;
  const facts = [...factsOfCase(knowledge, item).values()];
  const gate = readGate(knowledge, item);
  return {
    schema: 'licence-desk.case/1',
    number: caseNumber(conversation.id),
    reference: referenceOf(conversation.workspace, conversation.id, generation),
    generation,
    createdAt: item.at,
    language: locale,
    source: { workspace: conversation.workspace, conversation: conversation.id, requester: conversation.requester },
    sender: { ...sender },
    desk,
    severity: { level: severityOf(knowledge, item), details: sectionOf(knowledge, item, 'severity') },
    ask: sectionOf(knowledge, item, 'ask'),
    contact: sectionOf(knowledge, item, 'contact'),
    customer: sectionOf(knowledge, item, 'customer'),
    entitlement: sectionOf(knowledge, item, 'entitlement'),
    system: sectionOf(knowledge, item, 'system'),
    evidence: evidenceOf(knowledge, item, locale),
    facts: facts
      .filter(({ value }) => value !== unsure)
      .map(({ question, value, origin, at }) => ({ question, value, origin, at })),
    tried: conversation.closedRounds.map(({ flow, code, outcome, result, closedAt }) => ({
      flow,
      code,
      outcome,
      title: titleOf(knowledge, locale, flow, outcome) ?? null,
      result,
      at: closedAt,
    })),
    ruledOut: [...ruledOut(knowledge, item)],
    unknowns: [...unknownsOf(knowledge, item)],
    consent: item.consent === null ? null : { ...item.consent },
    redactions: item.outputs.reduce(
      (sum, { text }) =>
        sum + (text.match(/\[(?:KEY|INSTALLATION-ID|CONFIRMATION-ID|PASSWORD|TOKEN|LICENCE-SERVER-ID)/g) ?? []).length,
      0,
    ),
    leftOut: item.withoutTranscript && item.transcript.length > 0 ? ['transcript'] : [],
    attachments: files.map(({ name, type, text }) => ({ name, type, bytes: new TextEncoder().encode(text).length })),
    completeness: {
      score: gate.score,
      missing: gate.missing.map((need) => (need.kind === 'field' ? need.field.id : need.question)),
    },
  };
}

type Section = (typeof sectionOfField)[keyof typeof sectionOfField] | 'entitlement';

const sections: ReadonlyMap<string, Section> = new Map(Object.entries(sectionOfField));

function sectionOf(knowledge: Knowledge, { details }: Case, section: Section): Record<string, string> {
  const said = knowledge.tickets.fields.flatMap(({ id }): readonly (readonly [string, string])[] => {
    const value = details[id]?.value;
    return value == null || (sections.get(id) ?? 'entitlement') !== section ? [] : [[id, value]];
  });
  return Object.fromEntries(said);
}

function evidenceOf(knowledge: Knowledge, item: Case, locale: Locale): CaseFile['evidence'] {
  const value = certain(factsOfCase(knowledge, item), 'error-code');
  const code = value === undefined ? null : String(value);
  const known = code === null ? undefined : knowledge.codes.get(code);
  return {
    code,
    title: known === undefined ? null : adviceOn(knowledge, locale, known).title,
    reportedAt: item.conversation.openedAt,
    outputs: item.outputs.map((_, index) => outputName(index)),
  };
}

/** The case for machines, as a file. */
export const caseFileName = 'case-file.json';

/** The file a pasted output becomes. */
export function outputName(index: number): string {
  return `output-${index + 1}.txt`;
}

/** What an outcome is called in a language. */
export function titleOf(
  knowledge: Knowledge,
  locale: Locale,
  flow: string,
  outcome: string | null,
): string | undefined {
  const texts = outcome === null ? undefined : knowledge.texts[locale].flows.get(flow)?.outcomes[outcome];
  return texts === undefined ? undefined : spansToText(fill(texts.title));
}

/** The answers that rule a cause out. */
export function ruledOut(
  knowledge: Knowledge,
  item: Case,
): readonly { readonly question: string; readonly value: string }[] {
  const facts = factsOfCase(knowledge, item);
  return Object.entries(knowledge.tickets['rules-out']).flatMap(([question, values]) => {
    const value = String(certain(facts, question));
    return values.includes(value) ? [{ question, value }] : [];
  });
}

/** Everything that was asked and is not known, or was needed and never asked. */
export function unknownsOf(
  knowledge: Knowledge,
  item: Case,
): readonly { readonly field: string; readonly why: string | null }[] {
  const unsureFacts = [...factsOfCase(knowledge, item).values()].filter(({ value }) => value === unsure);
  const unsureDetails = Object.entries(item.details).filter(([, { value }]) => value === null);
  const missing = readGate(knowledge, item).missing.map((need) =>
    need.kind === 'field' ? need.field.id : need.question,
  );
  return [
    ...unsureDetails.map(([field, { why }]) => ({ field, why })),
    ...[...unsureFacts.map(({ question }) => question), ...missing].map((field) => ({ field, why: null })),
  ];
}
