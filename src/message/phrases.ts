import type { Knowledge, Texts } from '../knowledge/knowledge.ts';
import type { Phrase } from '../knowledge/schema/phrases.ts';
import type { Locale } from '../text/locale.ts';
import { fill, type Values } from '../text/sentence.ts';
import { type Spans, spansToText } from '../text/span.ts';
import type { Button } from './message.ts';

/** The bot's words in one language, for the presenters of this folder. */
export class Words {
  readonly texts: Texts;
  readonly knowledge: Knowledge;
  readonly locale: Locale;

  constructor(knowledge: Knowledge, locale: Locale) {
    this.texts = knowledge.texts[locale];
    this.knowledge = knowledge;
    this.locale = locale;
  }

  say(phrase: Phrase, values?: Values): Spans {
    return fill(this.texts.interface[phrase], values);
  }

  /** The same where only plain text fits. */
  label(phrase: Phrase, values?: Values): string {
    return spansToText(this.say(phrase, values));
  }

  button(phrase: Phrase, address: string, more: Partial<Pick<Button, 'style' | 'opens'>> = {}): Button {
    return {
      label: this.label(phrase),
      address,
      style: more.style ?? 'plain',
      ...(more.opens === undefined ? {} : { opens: more.opens }),
    };
  }

  /** The name of a question, as a summary or a form shows it. */
  questionName(question: string): string {
    return this.texts.questions[question]?.name ?? question;
  }

  /** A fact's value in words. */
  value(question: string, value: string | number): string {
    if (value === 'unsure') return this.label('unsure');
    return this.texts.questions[question]?.choices?.[String(value)] ?? String(value);
  }
}
