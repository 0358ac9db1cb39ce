import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { redact } from '../../src/reading/redact.ts';
import type { Bot } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import { type IntakeParts, render } from './intake.ts';
import type { Payload } from './render.ts';

type Pages = readonly [Payload, ...Payload[]];
type CardParts = Pick<IntakeParts, 'knowledge' | 'expandKey' | 'clock'> & { readonly bot: Pick<Bot, 'lookUp'> };

/** The longest text whose card is kept: a code, a few words. Longer ones are somebody's own, and none with a secret is kept. */
const longest = 60;
/** Room for every code that ships in both languages, and for words. */
const mostKept = 1_500;

/**
 * The cards of what was asked lately, as Slack takes them: a help desk hears of the same codes all day, and reading and
 * rendering cost more than all the rest of a lookup. A card holds for its knowledge and its day, since editions run out.
 */
export class Cards {
  readonly #parts: CardParts;
  #kept = new Map<string, Pages>();
  #knowledge: Knowledge | undefined;
  #day = '';

  constructor(parts: CardParts) {
    this.#parts = parts;
  }

  lookUp(text: string, locale: Locale): Pages {
    if (text.length > longest) return this.#look(text, locale);
    this.#forgetOld();
    const key = `${locale} ${text}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const pages = this.#look(text, locale);
    if (redact(text).text === text) this.#kept.set(key, pages);
    return pages;
  }

  #look(text: string, locale: Locale): Pages {
    return render(this.#parts, this.#parts.bot.lookUp(text, locale));
  }

  #forgetOld(): void {
    const knowledge = this.#parts.knowledge();
    const day = this.#parts.clock.now().toISOString().slice(0, 10);
    if (knowledge === this.#knowledge && day === this.#day && this.#kept.size < mostKept) return;
    this.#kept = new Map();
    this.#knowledge = knowledge;
    this.#day = day;
  }
}
