import { z } from 'zod';
import { Banned } from './banned.ts';
import { Cals } from './cals.ts';
import { Editions } from './editions.ts';
import { ErrorFamily } from './error-code.ts';
import { Flow, Questions } from './flow.ts';
import { Glossary } from './glossary.ts';
import { Guides, GuideTexts } from './guides.ts';
import { Products, ProductTexts } from './products.ts';
import { Refusals, RefusalTexts } from './refusals.ts';
import { Rules, RuleTexts } from './rules.ts';
import { Sources } from './source.ts';
import { Symptoms, SymptomTexts } from './symptoms.ts';
import { Terms } from './terms.ts';
import { DeskTexts, ErrorTexts, FlowTexts, InterfaceTexts, QuestionTexts } from './text.ts';
import { TicketRules, TicketTexts } from './tickets.ts';
import { Topics } from './topics.ts';
import { Words } from './words.ts';

/** The shape of every file, by the name of its JSON schema. */
const schemas = {
  banned: Banned,
  cals: Cals,
  editions: Editions,
  errors: ErrorFamily,
  flows: Flow,
  glossary: Glossary,
  guides: Guides,
  products: Products,
  questions: Questions,
  refusals: Refusals,
  rules: Rules,
  sources: Sources,
  symptoms: Symptoms,
  terms: Terms,
  tickets: TicketRules,
  topics: Topics,
  words: Words,
  'text-desks': DeskTexts,
  'text-errors': ErrorTexts,
  'text-flows': FlowTexts,
  'text-guides': GuideTexts,
  'text-interface': InterfaceTexts,
  'text-products': ProductTexts,
  'text-questions': QuestionTexts,
  'text-refusals': RefusalTexts,
  'text-rules': RuleTexts,
  'text-symptoms': SymptomTexts,
  'text-tickets': TicketTexts,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** The JSON schemas for editors that complete and validate while one types, by the name of their file. */
export function jsonSchemas(): ReadonlyMap<string, object> {
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [`${name}.json`, z.toJSONSchema(schema, { io: 'input' })]),
  );
}

/** The schema of a file of the knowledge, named by its path; undefined for a file that has none. */
export function schemaOf(file: string): z.ZodType | undefined {
  return new Map<string, z.ZodType>(Object.entries(schemas)).get(schemaName(file));
}

/** The first line of a file of the knowledge, which tells an editor its schema; undefined for a file that has none. */
export function schemaLine(file: string): string | undefined {
  const schema = schemaName(file);
  if (!(schema in schemas)) return undefined;
  const up = '../'.repeat(file.split('/').length - 1);
  return `# yaml-language-server: $schema=${up === '' ? './' : up}schemas/${schema}.json`;
}

function schemaName(file: string): string {
  const [text, name] = file.startsWith('text/') ? ['text-', file.split('/')[2]] : ['', file.split('/')[0]];
  return `${text}${name?.replace(/\.yaml$/, '')}`;
}
