export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];

/** Kana, and ideographs together with the half-width katakana block: text a Japanese reader wrote. */
const japanese = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;
const latinWord = /[a-z]{2,}/i;

/** The language a text is written in, or undefined where it does not tell (a bare code, digits). */
export function localeOf(text: string): Locale | undefined {
  if (japanese.test(text)) return 'ja';
  return latinWord.test(text.replace(/\b0x[0-9a-f]+\b/gi, '')) ? 'en' : undefined;
}

/** The language of a single word, such as `cal`: one in Latin letters does not tell. */
export function localeOfWord(text: string, fallback: Locale): Locale {
  return localeOf(text) === 'ja' ? 'ja' : fallback;
}

/** The locale we speak for a platform's language tag (`ja`, `ja-JP`, `en-GB`, …). */
export function localeFromTag(tag: string | undefined): Locale | undefined {
  const language = tag?.slice(0, 2).toLowerCase();
  return locales.find((locale) => locale === language);
}

export function otherLocale(locale: Locale): Locale {
  return locale === 'en' ? 'ja' : 'en';
}
