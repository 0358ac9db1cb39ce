import { afterEach, describe, expect, test } from 'vitest';
import type { Route } from '../../adapters/http/server.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import { Words } from '../../src/message/phrases.ts';
import { type Locale, otherLocale } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';

/** A message as a person sees it, with the labels of what can be pressed or chosen on it. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** Whether a message contains a text, however the platform breaks lines and escapes. */
export function holds({ text }: Shown, part: string): boolean {
  const bare = (each: string) => each.replace(/[\s\\*]/g, '');
  return bare(text).includes(bare(part));
}

/** One person in front of a chat platform, with our bot behind it. Every act resolves when the platform has its answer. */
export interface Surface {
  /** Looks something up; the card that only this person sees. */
  lookUp(text: string): Promise<Shown>;
  /** Presses a button of that card. */
  pressCard(label: string): Promise<void>;
  /** The newest message only this person sees, once it contains the text. */
  told(text: string): Promise<Shown>;
  /** What the conversation's place shows now, oldest first. */
  place(): readonly Shown[];
  /** The newest message of the place, once it contains the text. */
  newest(text: string): Promise<Shown>;
  /** Presses a button or chooses from a menu, on the newest message that has it, or on the newest that contains `on`. */
  press(label: string, on?: string): Promise<void>;
  /** The same on the oldest message that has the button. */
  pressFirst(label: string): Promise<void>;
  /** Opens the form of a button and sends it. What is wrong, by field id; empty when it was taken. */
  fill(label: string, values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** Writes in the place. On a platform where the bot does not hear that: pastes it into the form of the newest prompt. */
  write(text: string): Promise<void>;
  /** Somebody else presses a button of the place; what that person alone is told. */
  pressAsStranger(label: string): Promise<string>;
  /** The platform sends the last act once more. */
  redeliver(): Promise<void>;
  /** Everything that is stored, as text. */
  stored(): Promise<string>;
  /** Where the desks say what becomes of their tickets. */
  deskRoutes(): readonly Route[];
  /** Ends the process and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const code = '0xC004FC07';
/** The key of no product: the shape of one, to see that it is taken out. */
const key = 'BCDFG-HJKMP-QRTVW-XY234-6789B';

const words = (locale: Locale) => new Words(shippedKnowledge(), locale);
const say = (phrase: Phrase, locale: Locale = 'en') => words(locale).label(phrase);
const choice = (question: string, value: string, locale: Locale = 'en') => words(locale).value(question, value);
const ask = (question: string, locale: Locale = 'en') => {
  const sentence = words(locale).texts.questions[question]?.ask;
  return sentence === undefined ? question : spansToText(fill(sentence));
};

/** The answers from an expired evaluation to its conversion with DISM. */
const conversion = [
  ['installed-edition-id', 'standard-eval'],
  ['licence-owned', 'yes'],
  ['domain-controller', 'no'],
  ['bought-edition', 'standard'],
  ['version-matches', 'yes'],
  ['installed-version', '2022'],
] as const;

/** Answers every question of that way, and closes the conversation as fixed. The place shows its end when this resolves. */
export async function playConversion(surface: Surface, locale: Locale): Promise<void> {
  for (const [question, value] of conversion) {
    await surface.newest(ask(question, locale));
    await surface.press(choice(question, value, locale));
  }
  await surface.newest(say('how-did-it-go', locale));
  await surface.press(say('fixed', locale));
  await surface.newest(say('closed-fixed', locale));
}

/** A message as a golden file keeps it. */
export function writtenDown({ text, buttons }: Shown): string {
  return [text, ...buttons.map((label) => `[${label}]`)].join('\n');
}

/** What a surface may not have: other people, events that come again, earlier prompts that can still be pressed. */
export type Lack = 'strangers' | 'redelivery' | 'old-prompts';

/** The scenarios every chat surface must play. `start` gives a fresh surface with an empty database. */
export function chatScenarios(name: string, start: () => Promise<Surface>, lacks: readonly Lack[] = []): void {
  const oldPrompts = !lacks.includes('old-prompts');
  describe(name, () => {
    const open: Surface[] = [];
    afterEach(async () => {
      for (const surface of open.splice(0)) await surface.stop();
    });
    const begin = async () => {
      const surface = await start();
      open.push(surface);
      return surface;
    };
    const started = async (locale: Locale = 'en') => {
      const surface = await begin();
      await surface.lookUp(locale === 'ja' ? `${code} が出ました` : code);
      await surface.pressCard(say('start', locale));
      await surface.newest(ask('installed-edition-id', locale));
      return surface;
    };
    const answer = async (surface: Surface, question: string, value: string, locale: Locale = 'en') => {
      await surface.newest(ask(question, locale));
      await surface.press(choice(question, value, locale));
    };
    const concluded = async (locale: Locale = 'en') => {
      const surface = await started(locale);
      for (const [question, value] of conversion) await answer(surface, question, value, locale);
      await surface.newest(say('how-did-it-go', locale));
      return surface;
    };

    test.each(['en', 'ja'] as const)(
      'leads from the code to the conversion of the evaluation, in %s',
      async (locale) => {
        const surface = await begin();
        const card = await surface.lookUp(locale === 'ja' ? `${code} が出ました` : code);
        expect(card.text).toContain(code);
        expect(card.buttons).toContain(say('share', locale));
        expect(surface.place()).toEqual([]);
        await surface.pressCard(say('start', locale));
        for (const [question, value] of conversion) await answer(surface, question, value, locale);
        const outcome = await surface.newest(say('how-did-it-go', locale));
        expect(outcome.text).toContain('Set-Edition');
        expect(outcome.buttons).toContain(say('fixed', locale));
        if (!oldPrompts) return;
        const settled = surface.place().find(({ text }) => text.includes(ask('licence-owned', locale)));
        expect(settled?.text).toContain(choice('licence-owned', 'yes', locale));
        expect(settled?.buttons).toEqual([say('change', locale)]);
      },
    );

    test('answers the words that ask for something, in the language of the word', async () => {
      const surface = await begin();
      expect((await surface.lookUp('read')).text).toContain('slmgr.vbs /dlv');
      expect((await surface.lookUp('handoff')).buttons).toContain(say('person'));
      expect((await surface.lookUp('status')).text).toContain(say('home-none'));
      expect((await surface.lookUp('ヘルプ')).buttons).toContain(words('ja').texts.flows.get('cal')?.button);
      expect(surface.place()).toEqual([]);
    });

    test('shows where an open request stands', async () => {
      const surface = await started();
      const { text } = await surface.lookUp('status');
      expect(text).toContain(code);
      // Where there is one place only, the question stands there already.
      if (oldPrompts) expect(text).toContain(ask('installed-edition-id'));
    });

    test('goes back to the question before', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await surface.newest(ask('licence-owned'));
      await surface.press(say('back'));
      expect((await surface.newest(ask('installed-edition-id'))).buttons).toContain(
        choice('installed-edition-id', 'no-eval'),
      );
    });

    test.runIf(oldPrompts)('changes an earlier answer after saying what falls away', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await answer(surface, 'licence-owned', 'yes');
      await surface.newest(ask('domain-controller'));
      await surface.press(say('change'), ask('installed-edition-id'));
      await answer(surface, 'installed-edition-id', 'no-eval');
      await surface.newest(say('would-fall-away'));
      await surface.press(say('yes-change'));
      await surface.newest(ask('clock-right'));
    });

    test('goes on without an answer that is not known', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await answer(surface, 'licence-owned', 'unsure');
      await surface.newest(ask('domain-controller'));
    });

    test('names the desk and gives the case to copy when a person is wanted', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await surface.newest(ask('licence-owned'));
      await surface.press(say('person'));
      const handed = await surface.newest(say('case-no-secrets'));
      expect(handed.text).toContain(code);
      expect(handed.text).toContain(choice('installed-edition-id', 'standard-eval'));
    });

    test('closes a conversation that ended well', async () => {
      const surface = await concluded();
      await surface.press(say('fixed'));
      await surface.newest(say('closed-fixed'));
    });

    test('opens another round when it still fails, and takes another code from a form', async () => {
      const surface = await concluded();
      await surface.press(say('still-failing'));
      await surface.newest(ask('error-code'));
      expect(await surface.fill(say('answer-form'), { 'error-code': '0xC004' })).toHaveProperty('error-code');
      expect(await surface.fill(say('answer-form'), { 'error-code': '0xC004F074' })).toEqual({});
      await surface.newest(ask('kms-in-use'));
    });

    test('asks for the other code', async () => {
      const surface = await concluded();
      await surface.press(say('another-code'));
      await surface.newest(ask('error-code'));
    });

    test('goes on in the other language after one press', async () => {
      const surface = await started();
      await surface.press(say('other-language'));
      const asked = await surface.newest(ask('installed-edition-id', otherLocale('en')));
      expect(asked.buttons).toContain(say('back', 'ja'));
    });

    test('goes on at the same question after a restart, and old buttons still work', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await surface.newest(ask('licence-owned'));
      await surface.restart();
      await surface.press(choice('licence-owned', 'yes'));
      await surface.newest(ask('domain-controller'));
      if (!oldPrompts) return;
      await surface.press(say('change'), ask('licence-owned'));
      await surface.newest(ask('licence-owned'));
    });

    test.skipIf(lacks.includes('redelivery'))('changes nothing when an event comes again', async () => {
      const surface = await started();
      await answer(surface, 'installed-edition-id', 'standard-eval');
      await surface.newest(ask('licence-owned'));
      const before = surface.place();
      await surface.redeliver();
      await surface.press(choice('licence-owned', 'yes'));
      await surface.newest(ask('domain-controller'));
      expect(surface.place().length).toBe(before.length + 1);
    });

    test.skipIf(lacks.includes('strangers'))('refuses a press of somebody else, and tells only them', async () => {
      const surface = await started();
      const before = surface.place();
      expect(await surface.pressAsStranger(choice('installed-edition-id', 'standard-eval'))).toContain(
        say('not-yours'),
      );
      expect(surface.place()).toEqual(before);
    });

    test('reads a pasted output and never keeps the key in it', async () => {
      const surface = await started();
      await surface.write(
        `Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nProduct Key: ${key}\nLicense Status: Notification`,
      );
      await surface.newest(ask('licence-owned'));
      const shown = surface
        .place()
        .map(({ text }) => text)
        .join('\n');
      expect(shown).toContain(choice('installed-edition-id', 'standard-eval'));
      const stored = await surface.stored();
      expect(stored).not.toContain(key);
      expect(stored).not.toContain(key.replaceAll('-', ''));
      expect(stored).not.toContain(key.slice(0, 11));
    });

    test.each([
      ['nothing', ''],
      ['control characters', '\u0007\u0000\u001b[31m'],
      ['noise', 'asdf qwer zxcv'],
      ['far too much', 'x'.repeat(3_000)],
    ])('answers %s shortly and keeps nothing', async (_, text) => {
      const surface = await begin();
      const card = await surface.lookUp(text);
      expect(card.text.length).toBeGreaterThan(0);
      expect(card.text.length).toBeLessThan(1_000);
      expect(surface.place()).toEqual([]);
      expect(await surface.stored()).not.toContain('xxxx');
    });
  });
}
