import { KnowledgeError, type Problem } from '../errors.ts';
import { type Locale, locales } from '../text/locale.ts';
import { checkKnowledge } from './check/check.ts';
import type { PolicyFacts } from './check/report.ts';
import type { Knowledge, KnownCode, Texts } from './knowledge.ts';
import { type KnowledgeFiles, type Overlay, Reader } from './reader.ts';
import { Banned } from './schema/banned.ts';
import { Cals } from './schema/cals.ts';
import { Editions } from './schema/editions.ts';
import { ErrorFamily } from './schema/error-code.ts';
import { Flow, Questions } from './schema/flow.ts';
import { Glossary } from './schema/glossary.ts';
import { Guides, GuideTexts } from './schema/guides.ts';
import { Products, ProductTexts } from './schema/products.ts';
import { Refusals, RefusalTexts } from './schema/refusals.ts';
import { Rules, RuleTexts } from './schema/rules.ts';
import { Sources } from './schema/source.ts';
import { Symptoms, SymptomTexts } from './schema/symptoms.ts';
import { Terms } from './schema/terms.ts';
import { DeskTexts, ErrorTexts, FlowTexts, InterfaceTexts, QuestionTexts } from './schema/text.ts';
import { TicketRules, TicketTexts } from './schema/tickets.ts';
import { Topics } from './schema/topics.ts';
import { Words } from './schema/words.ts';

/**
 * Parses and checks the whole knowledge against the policies there are, with a team's overlay where it has one (see `mergeValues`).
 * Throws one KnowledgeError with every problem of every file.
 */
export function parseKnowledge(files: KnowledgeFiles, policies: PolicyFacts, overlay?: Overlay): Knowledge {
  const reader = new Reader(files, overlay);
  const knowledge = assemble(reader);
  reader.reportUnread();
  if (knowledge === undefined || reader.problems.length > 0) throw new KnowledgeError(sorted(reader.problems));
  const problems = checkKnowledge(
    knowledge,
    policies,
    (file, path, message) => reader.file(file)?.problem(path, message) ?? { file, line: 1, column: 1, message },
  );
  if (problems.length > 0) throw new KnowledgeError(sorted(problems));
  return knowledge;
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function assemble(reader: Reader): Knowledge | undefined {
  const families = reader.folder('errors', ErrorFamily);
  reportSharedCodes(reader, families);
  const flows = reader.folder('flows', Flow);
  const questions = reader.read('questions.yaml', Questions)?.questions;
  const editions = reader.read('editions.yaml', Editions);
  const cals = reader.read('cals.yaml', Cals);
  const rules = reader.read('rules.yaml', Rules)?.rules;
  const sources = reader.read('sources.yaml', Sources)?.sources;
  const words = reader.read('words.yaml', Words);
  const terms = reader.read('terms.yaml', Terms)?.terms;
  const topics = reader.read('topics.yaml', Topics)?.topics;
  const symptoms = reader.read('symptoms.yaml', Symptoms);
  const refusals = reader.read('refusals.yaml', Refusals);
  const products = reader.read('products.yaml', Products);
  const guides = reader.read('guides.yaml', Guides)?.guides;
  const tickets = reader.read('tickets.yaml', TicketRules);
  const glossary = reader.read('glossary.yaml', Glossary)?.terms;
  const banned = reader.read('banned.yaml', Banned)?.banned;
  const texts = readTexts(reader);
  if (
    !questions ||
    !editions ||
    !cals ||
    !rules ||
    !sources ||
    !words ||
    !terms ||
    !topics ||
    !symptoms ||
    !refusals ||
    !products ||
    !guides ||
    !tickets ||
    !glossary ||
    !banned ||
    !texts
  )
    return undefined;
  return {
    codes: new Map(
      [...families.values()].flatMap(({ family, path = 'other', codes }) =>
        codes.map((code): [string, KnownCode] => [code.code, { path, ...code, family } as KnownCode]),
      ),
    ),
    questions: byId(questions),
    flows,
    editions,
    cals,
    rules: byId(rules),
    sources: byId(sources),
    words,
    terms,
    topics: byId(topics),
    symptoms: byId(symptoms.symptoms),
    symptomWords: symptoms,
    refusals,
    products,
    guides,
    tickets,
    glossary,
    banned,
    texts,
  };
}

/** A code belongs to one family: of two, only the last would count. */
function reportSharedCodes(reader: Reader, families: ReadonlyMap<string, ErrorFamily>): void {
  const owners = new Map<string, string>();
  for (const [name, { codes }] of families) {
    for (const [index, { code }] of codes.entries()) {
      const owner = owners.get(code);
      if (owner !== undefined)
        reader.report(`errors/${name}.yaml`, ['codes', index], `errors/${owner}.yaml has ${code} too: remove one`);
      owners.set(code, name);
    }
  }
}

function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function readTexts(reader: Reader): Readonly<Record<Locale, Texts>> | undefined {
  const texts = Object.fromEntries(locales.map((locale) => [locale, readLocale(reader, `text/${locale}`)]));
  return locales.every((locale) => texts[locale] !== undefined) ? (texts as Record<Locale, Texts>) : undefined;
}

function readLocale(reader: Reader, folder: string): Texts | undefined {
  const interfaceTexts = reader.read(`${folder}/interface.yaml`, InterfaceTexts);
  const questions = reader.read(`${folder}/questions.yaml`, QuestionTexts);
  const desks = reader.read(`${folder}/desks.yaml`, DeskTexts);
  const rules = reader.read(`${folder}/rules.yaml`, RuleTexts);
  const symptoms = reader.read(`${folder}/symptoms.yaml`, SymptomTexts);
  const refusals = reader.read(`${folder}/refusals.yaml`, RefusalTexts);
  const products = reader.read(`${folder}/products.yaml`, ProductTexts);
  const guides = reader.read(`${folder}/guides.yaml`, GuideTexts);
  const tickets = reader.read(`${folder}/tickets.yaml`, TicketTexts);
  const flows = reader.folder(`${folder}/flows`, FlowTexts);
  const errors = reader.folder(`${folder}/errors`, ErrorTexts);
  if (!interfaceTexts || !questions || !desks || !rules || !symptoms || !refusals || !products || !guides || !tickets)
    return undefined;
  return {
    interface: interfaceTexts,
    questions,
    flows,
    errors,
    desks,
    rules,
    symptoms,
    refusals,
    products,
    guides,
    tickets,
  };
}
