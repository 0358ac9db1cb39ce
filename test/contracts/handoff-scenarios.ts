import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { DeskConfig } from '../../adapters/desk-config.ts';
import { createHttpServer } from '../../adapters/http/server.ts';
import type { HandoffButton, HandoffPhrase } from '../../src/knowledge/schema/tickets.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Locale } from '../../src/text/locale.ts';
import { fill, type Values } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { type HttpVendor, startHttpVendor } from '../support/ticket-vendor/http-vendor.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';
import { webhookDialect } from '../support/ticket-vendor/webhook-dialect.ts';
import { holds, type Lack, type Surface } from './chat-scenarios.ts';

const signingKey = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const secretName = 'LICENCE_DESK_TEST_SIGNING_KEY';
const code = '0xC004C020';
/** The key of no product: the shape of one, to see that it is taken out. */
const key = 'BCDFG-HJKMP-QRTVW-XY234-6789B';
const desk = { name: 'Example Desk', country: 'JP' };

/** One desk for everything, at a vendor; and the help desk's people of a workspace where one is named. */
export function desksAt(url: string, agents: DeskConfig['agents'] = {}): DeskConfig {
  process.env[secretName] = signingKey;
  return DeskConfig.parse({
    version: 1,
    sender: { kind: 'customer', name: 'Contoso K.K.', 'time-zone': 'Asia/Tokyo' },
    defaults: { customer: 'Contoso K.K.', country: 'JP' },
    desks: {
      example: {
        ...desk,
        language: 'ja',
        system: { kind: 'webhook', url, secrets: [{ env: secretName }], 'private-network': true },
      },
    },
    routes: [{ to: 'example' }],
    agents,
  });
}

export function startVendor(): Promise<HttpVendor> {
  return startHttpVendor(webhookDialect(signingKey), new TestClock());
}

const details = {
  ask: 'raise-mak',
  'impact-level': 'running',
  production: 'yes',
  workaround: 'no',
  impact: 'Four servers ask to be activated',
  'contact-name': 'Hanako Yamada',
  'contact-email': 'hanako@contoso.example',
  'contact-hours': '9-18',
  'vl-role': 'keys-reader',
  'contact-phone': '+81-3-0000-0000',
};
const moreDetails = {
  'key-last-five': '6789B',
  'ask-amount': '4',
  'activations-used': '50 of 50',
  justification: 'rebuilt after a storage failure',
  agreement: 'V1234567',
};

const texts = (locale: Locale) => shippedKnowledge().texts[locale].tickets;
export const button = (name: HandoffButton, locale: Locale = 'en') => texts(locale).buttons[name];
export const say = (phrase: HandoffPhrase, values: Values = {}, locale: Locale = 'en') =>
  spansToText(fill(texts(locale).states[phrase], values));
/** What a sentence says after its time. */
const afterTime = (phrase: HandoffPhrase, values: Values, locale: Locale) =>
  say(phrase, { ...values, time: '\u0000' }, locale)
    .split('\u0000')
    .at(-1) ?? '';
const words = (locale: Locale) => new Words(shippedKnowledge(), locale);
const person = (locale: Locale) => words(locale).label('person');

/** From the code to the question of what the ticket lacks. */
export async function askForPerson(surface: Surface, locale: Locale = 'en'): Promise<void> {
  await surface.lookUp(locale === 'ja' ? `${code} が出ました` : code);
  await surface.pressCard(person(locale));
}

/** From there to the preview. */
export async function fillIn(surface: Surface, locale: Locale = 'en'): Promise<void> {
  const name = (field: string) => texts(locale).fields[field]?.label ?? field;
  await surface.newest(name('impact-level'));
  expect(await surface.fill(button('fill', locale), details)).toEqual({});
  await surface.newest(name('key-last-five'));
  expect(await surface.fill(button('fill', locale), moreDetails)).toEqual({});
  for (const [question, value] of [
    ['installed-version', '2019'],
    ['installed-edition', 'standard'],
  ] as const) {
    const ask = words(locale).texts.questions[question]?.ask;
    await surface.newest(ask === undefined ? question : spansToText(fill(ask)));
    await surface.press(words(locale).value(question, value));
  }
  await surface.newest(say('preview', desk, locale));
}

/** What the vendor's people do in its system, posted to our server as its webhooks post it. */
async function startDeskPosts(surface: Surface) {
  const log = { info() {}, warn() {}, error() {} };
  const routes = surface.deskRoutes();
  const server = await createHttpServer({
    port: 0,
    host: '127.0.0.1',
    routes,
    ready: () => true,
    metrics: async () => '',
    log,
  });
  return {
    close: () => server.close(),
    async post(event: Readonly<Record<string, string>>): Promise<number> {
      const body = JSON.stringify(event);
      const at = new Date();
      const { status } = await fetch(`http://127.0.0.1:${server.port}/desks/example`, {
        method: 'POST',
        headers: {
          ...{ connection: 'close', 'webhook-id': `msg_${event.id}` },
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(signingKey).sign(`msg_${event.id}`, at, body),
        },
        body,
      });
      return status;
    },
  };
}

/** What a person who asks for a ticket meets, on every chat surface with a desk. */
export function handoffScenarios(
  name: string,
  start: (desks: DeskConfig) => Promise<Surface>,
  lacks: readonly Lack[] = [],
): void {
  describe(`a ticket, ${name}`, () => {
    const ends: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0).toReversed()) await end();
    });
    const begin = async () => {
      const vendor = await startVendor();
      ends.push(() => vendor.close());
      const surface = await start(desksAt(vendor.url));
      ends.push(() => surface.stop());
      return { vendor, surface };
    };
    const previewed = async (locale: Locale = 'en') => {
      const begun = await begin();
      await askForPerson(begun.surface, locale);
      await fillIn(begun.surface, locale);
      return begun;
    };
    const created = (number: string, locale: Locale = 'en') =>
      say('created', { ticket: number, name: desk.name }, locale);

    test.each(['en', 'ja'] as const)(
      'is complete, shown before it is sent, and arrives once in the language of the desk, asked for in %s',
      async (locale) => {
        const { vendor, surface } = await previewed(locale);
        expect(vendor.tickets()).toEqual([]);
        const shown = surface.place();
        await surface.press(button('send', locale));
        await surface.newest(created('H-101', locale));
        const [ticket, ...more] = vendor.tickets();
        expect(more).toEqual([]);
        expect(shown.some((each) => holds(each, ticket?.subject ?? 'nothing'))).toBe(true);
        expect(ticket?.body).toContain('上限を 4 回分');
        expect(ticket?.body).toContain('Hanako Yamada');
        expect([...(ticket?.files.keys() ?? [])]).toEqual(['case-file.json', 'transcript.md']);
        expect(ticket?.files.get('case-file.json')).toContain('"missing": []');
      },
    );

    test.skipIf(lacks.includes('old-prompts'))('has one card, edited in place, and tells its news', async () => {
      const { surface } = await previewed();
      await surface.press(button('send'));
      await surface.newest(created('H-101'));
      await expect.poll(() => surface.place().filter(({ text }) => text.includes('H-101')).length).toBe(2);
      expect(surface.place().some(({ buttons }) => buttons.includes(button('send')))).toBe(false);
    });

    test.each(['en', 'ja'] as const)(
      'tells what the desk says, once and without its secrets, and ends where it works, asked for in %s',
      async (locale) => {
        const { vendor, surface } = await previewed(locale);
        await surface.press(button('send', locale));
        await surface.newest(created('H-101', locale));
        const [{ reference = '' } = {}] = vendor.tickets();
        const desks = await startDeskPosts(surface);
        ends.push(() => desks.close());
        const reply = { reference, event: 'replied', text: 'We raise the limit.', by: 'Sato', id: '1' };
        expect(await desks.post(reply)).toBe(204);
        await surface.newest(reply.text);
        expect(await desks.post(reply)).toBe(204);
        expect(await desks.post({ ...reply, text: `Use ${key} instead.`, id: '2' })).toBe(204);
        await surface.newest(say('key-issued', { name: desk.name, ending: '6789B', ticket: 'H-101' }, locale));
        if (!lacks.includes('old-prompts'))
          expect(surface.place().filter((each) => holds(each, reply.text))).toHaveLength(1);
        expect(await desks.post({ reference, event: 'solved', id: '3' })).toBe(204);
        await surface.newest(say('resolved', { name: desk.name }, locale));
        await surface.newest(say('works-now', {}, locale));
        await surface.press(button('works', locale));
        await surface.newest(words(locale).label('closed-fixed'));
        expect(await surface.stored()).not.toContain('HJKMP');
        expect(JSON.stringify(surface.place())).not.toContain('HJKMP');
      },
    );

    const waitedFor = async (locale: Locale = 'en') => {
      const begun = await previewed(locale);
      await begun.surface.press(button('send', locale));
      await begun.surface.newest(created('H-101', locale));
      const [{ reference = '' } = {}] = begun.vendor.tickets();
      const desks = await startDeskPosts(begun.surface);
      ends.push(() => desks.close());
      const question = { reference, event: 'waiting', text: 'Which server is it?', by: 'Sato', id: 'q1' };
      expect(await desks.post(question)).toBe(204);
      await begun.surface.newest(question.text);
      return { ...begun, desks, reference };
    };
    const commentsOf = (vendor: HttpVendor) => vendor.tickets().flatMap(({ comments }) => comments);

    test.each(['en', 'ja'] as const)(
      'takes an answer: shown as it goes, once in the ticket, without secrets, and no news when it comes back, in %s',
      async (locale) => {
        const { vendor, surface, desks, reference } = await waitedFor(locale);
        expect(await surface.fill(button('answer', locale), { answer: `It is srv-01, not ${key}.` })).toEqual({});
        await surface.newest(afterTime('answer-arrived', { name: desk.name }, locale));
        const [comment, ...more] = commentsOf(vendor);
        expect(more).toEqual([]);
        expect(comment?.body).toMatch(/^It is srv-01, not \[KEY …6789B\]\.\n\nHanako Yamada.*\[LIC-[A-Z]{10}-\d+\]\n$/);
        const shows = (text: string) => surface.place().filter((each) => holds(each, text)).length;
        expect(shows(comment?.body ?? 'nothing')).toBe(1);
        expect(shows(say('answered', { name: desk.name, ticket: 'H-101' }, locale))).toBe(1);
        const echo = { reference, event: 'replied', text: comment?.body ?? '', by: 'bot', id: 'e1' };
        expect(await desks.post(echo)).toBe(204);
        const reply = { ...echo, text: 'Thank you, it is done.', by: 'Sato', id: 'r1' };
        expect(await desks.post(reply)).toBe(204);
        await surface.newest(reply.text);
        expect(shows(comment?.body ?? 'nothing')).toBe(1);
        expect(await surface.stored()).not.toContain('HJKMP');
        expect(vendor.received()).not.toContain('HJKMP');
        expect(JSON.stringify(surface.place())).not.toContain('HJKMP');
      },
    );

    test.each(['en', 'ja'] as const)('gives back an answer that the desk refuses, in %s', async (locale) => {
      const { vendor, surface } = await waitedFor(locale);
      vendor.answerAll(422);
      expect(await surface.fill(button('answer', locale), { answer: 'It is srv-01.' })).toEqual({});
      const told = await surface.newest(afterTime('answer-lost', { ticket: 'H-101' }, locale));
      expect(holds(told, 'It is srv-01.')).toBe(true);
      expect(commentsOf(vendor)).toEqual([]);
    });

    test.skipIf(lacks.includes('strangers'))('is nobody else’s to answer', async () => {
      const { vendor, surface } = await waitedFor();
      expect(await surface.pressAsStranger(button('answer'))).toContain(words('en').label('not-yours'));
      expect(commentsOf(vendor)).toEqual([]);
    });

    test.skipIf(lacks.includes('redelivery'))('has an answer once, however often the form comes', async () => {
      const { vendor, surface } = await waitedFor();
      await surface.fill(button('answer'), { answer: 'It is srv-01.' });
      await surface.redeliver();
      await surface.newest(afterTime('answer-arrived', { name: desk.name }, 'en'));
      await surface.redeliver();
      expect(commentsOf(vendor)).toHaveLength(1);
    });

    test('is not sent where the person does not want it', async () => {
      const { vendor, surface } = await previewed();
      await surface.press(button('cancel'));
      const shown = await surface.newest(say('cancelled'));
      expect(shown.buttons).toContain(words('en').label('stands-here'));
      expect(vendor.received()).toBe('');
    });

    test('shows what was changed before it is sent', async () => {
      const { vendor, surface } = await previewed();
      await surface.press(button('edit'));
      await surface.newest(texts('en')['change-what']);
      const field = texts('en').fields['ask-amount']?.label ?? '';
      await surface.press(field);
      const asked = await surface.newest(field);
      expect(asked.text).toContain('4');
      expect(await surface.fill(button('fill'), { 'ask-amount': '6' })).toEqual({});
      await surface.newest(say('preview', desk));
      await surface.press(button('send'));
      await surface.newest(created('H-101'));
      expect(vendor.tickets().map(({ body }) => body.includes('上限を 6 回分'))).toEqual([true]);
    });

    test.skipIf(lacks.includes('old-prompts'))('never leaves by the button of an earlier preview', async () => {
      const { vendor, surface } = await previewed();
      await surface.press(button('edit'));
      await surface.newest(texts('en')['change-what']);
      await surface.press(texts('en').fields['ask-amount']?.label ?? '');
      await surface.newest(texts('en').fields['ask-amount']?.label ?? '');
      const before = surface.place().length;
      await surface.fill(button('fill'), { 'ask-amount': '6' });
      await surface.newest(say('preview', desk));
      expect(surface.place().length).toBeGreaterThan(before);
      await surface.pressFirst(button('send'));
      await surface.newest(say('preview', desk));
      expect(vendor.received()).toBe('');
    });

    test('says at its field what is wrong, and keeps the rest', async () => {
      const { surface } = await begin();
      await askForPerson(surface);
      await surface.newest(texts('en').fields['impact-level']?.label ?? '');
      const problems = await surface.fill(button('fill'), { ...details, 'contact-email': 'nobody' });
      expect(JSON.stringify(problems)).toContain(texts('en').problems['needs-email']);
    });

    test('goes on after the process was ended and begun again', async () => {
      const { vendor, surface } = await previewed();
      await surface.restart();
      await surface.press(button('send'));
      await surface.newest(created('H-101'));
      expect(vendor.tickets()).toHaveLength(1);
    });

    test('that the desk refuses is given to copy', async () => {
      const { vendor, surface } = await previewed();
      vendor.answerAll(422);
      await surface.press(button('send'));
      const copy = await surface.newest('LIC-');
      expect(copy.buttons).toContain(words('en').label('stands-here'));
      expect(surface.place().some((each) => holds(each, say('dead', desk)))).toBe(true);
    });

    test('never holds a key that was typed into it', async () => {
      const { vendor, surface } = await begin();
      await askForPerson(surface);
      await surface.newest(texts('en').fields['impact-level']?.label ?? '');
      await surface.fill(button('fill'), { ...details, impact: `The key ${key} nags` });
      await surface.newest(texts('en').fields['key-last-five']?.label ?? '');
      await surface.fill(button('fill'), { ...moreDetails, 'key-last-five': key });
      await surface.newest(spansToText(fill(words('en').texts.questions['installed-version']?.ask ?? fail())));
      expect(await surface.stored()).not.toContain('HJKMP');
      expect(vendor.received()).not.toContain('HJKMP');
      expect(JSON.stringify(surface.place())).not.toContain('HJKMP');
    });

    test.skipIf(lacks.includes('strangers'))('is nobody else’s to send', async () => {
      const { vendor, surface } = await previewed();
      expect(await surface.pressAsStranger(button('send'))).toContain(words('en').label('not-yours'));
      expect(vendor.received()).toBe('');
    });

    test.skipIf(lacks.includes('redelivery'))('is one, however often the press comes', async () => {
      const { vendor, surface } = await previewed();
      await surface.press(button('send'));
      await surface.redeliver();
      await surface.newest(created('H-101'));
      await surface.redeliver();
      expect(vendor.tickets()).toHaveLength(1);
    });
  });
}

function fail(): never {
  throw new Error('the knowledge lacks a question');
}
