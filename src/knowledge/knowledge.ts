import type { Locale } from '../text/locale.ts';
import type { Ban } from './schema/banned.ts';
import type { Cals } from './schema/cals.ts';
import type { Editions } from './schema/editions.ts';
import type { ErrorCode, Path } from './schema/error-code.ts';
import type { Flow, Question } from './schema/flow.ts';
import type { Glossary } from './schema/glossary.ts';
import type { Guides, GuideTexts } from './schema/guides.ts';
import type { Products, ProductTexts } from './schema/products.ts';
import type { Refusals, RefusalTexts } from './schema/refusals.ts';
import type { Rule, RuleTexts } from './schema/rules.ts';
import type { Source } from './schema/source.ts';
import type { Symptom, SymptomTexts, SymptomWords } from './schema/symptoms.ts';
import type { Terms } from './schema/terms.ts';
import type { DeskTexts, ErrorTexts, FlowTexts, InterfaceTexts, QuestionTexts } from './schema/text.ts';
import type { TicketRules, TicketTexts } from './schema/tickets.ts';
import type { Topic } from './schema/topics.ts';
import type { Words } from './schema/words.ts';

/** A code with what its family gives it. */
export interface KnownCode extends ErrorCode {
  readonly family: string;
  readonly path: Path;
}

/** Every sentence in one language. */
export interface Texts {
  readonly interface: InterfaceTexts;
  readonly questions: QuestionTexts;
  readonly flows: ReadonlyMap<string, FlowTexts>;
  /** By family. */
  readonly errors: ReadonlyMap<string, ErrorTexts>;
  readonly desks: DeskTexts;
  readonly rules: RuleTexts;
  readonly tickets: TicketTexts;
  readonly symptoms: SymptomTexts;
  readonly refusals: RefusalTexts;
  readonly products: ProductTexts;
  readonly guides: GuideTexts;
}

/** Everything the bot knows, parsed and checked once. Nothing in it changes after loading. */
export interface Knowledge {
  readonly codes: ReadonlyMap<string, KnownCode>;
  readonly questions: ReadonlyMap<string, Question>;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly editions: Editions;
  readonly cals: Cals;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly words: Words;
  readonly tickets: TicketRules;
  readonly terms: Terms;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly symptoms: ReadonlyMap<string, Symptom>;
  readonly symptomWords: SymptomWords;
  readonly refusals: Refusals;
  readonly products: Products;
  readonly guides: Guides['guides'];
  readonly glossary: Glossary;
  readonly banned: readonly Ban[];
  readonly texts: Readonly<Record<Locale, Texts>>;
}
