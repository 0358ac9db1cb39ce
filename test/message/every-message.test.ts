import { describe, expect, test } from 'vitest';
import { firstAnswer } from '../../src/conversation/answer.ts';
import { buttonLimit, formLabelLimit, formTitleLimit, optionLimit } from '../../src/knowledge/schema/text.ts';
import { addressLimit, readStartAddress } from '../../src/message/address.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { presentForm } from '../../src/message/present-form.ts';
import { locales } from '../../src/text/locale.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { faultsOf } from '../support/message-faults.ts';
import { choose, conversationIn, happen, messagesOf, press, write } from '../support/talk.ts';

const knowledge = shippedKnowledge();
const at = '2026-11-22T09:00:00.000Z';

describe.each(locales)('in %s', (locale) => {
  test.each([...knowledge.codes.keys()])('the card of %s fits every platform', (code) => {
    const card = presentAnswer(knowledge, locale, firstAnswer(knowledge, code, at));
    expect(card.actions?.length).toBeGreaterThan(0);
    expect(faultsOf(card)).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['an unknown code', '0xDEADBEEF'],
    ['a code with a digit too few', '0xC004FC0'],
    ['two codes', '0xC004FC07 and 0x80070005'],
    ['markup and mentions', '<@U123> **0xC004FC07** `{x}` [a](https://b.example)'],
    ['a CAL question', 'may a 2019 CAL access a 2022 server?'],
    ['nothing we know', 'the weather is fine today'],
  ])('the answer to %s fits every platform', (_, text) => {
    expect(faultsOf(presentAnswer(knowledge, locale, firstAnswer(knowledge, text, at)))).toEqual([]);
  });

  test('the form of every step fits every platform', () => {
    const steps = [...knowledge.flows.values()].flatMap((flow) =>
      Object.entries(flow.steps)
        .filter(([, step]) => step.policy === undefined)
        .map(([name]) => name),
    );
    for (const step of new Set(steps)) {
      const form = presentForm(knowledge, locale, { conversation: 'bcdfghjkmnpqrs', turn: 1, step, choice: 'form' });
      if (form === undefined) throw new Error(`${step} has no form`);
      expect(form.title.length).toBeLessThanOrEqual(formTitleLimit);
      expect(form.submit.length).toBeLessThanOrEqual(formTitleLimit);
      expect(form.cancel.length).toBeLessThanOrEqual(formTitleLimit);
      expect(form.fields.length).toBeLessThanOrEqual(5);
      for (const field of form.fields) {
        expect(field.label.length, `${step}: ${field.label}`).toBeLessThanOrEqual(formLabelLimit);
        if (field.kind === 'choice') expect(field.choices.length).toBeLessThanOrEqual(25);
        if (field.kind === 'choice')
          for (const { label } of field.choices) expect(label.length).toBeLessThanOrEqual(optionLimit);
      }
    }
  });

  test('a hint of a form fits under its field on every platform', () => {
    for (const [id, { ask }] of Object.entries(knowledge.texts[locale].questions)) {
      const text = ask.pieces
        .flatMap(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : part.placeholder)))
        .join('');
      expect(text.length, `${id}: ${text}`).toBeLessThanOrEqual(150);
    }
  });

  test('the name of every flow fits a button', () => {
    for (const { button } of knowledge.texts[locale].flows.values())
      expect(button.length).toBeLessThanOrEqual(buttonLimit);
  });

  test('every other message of a conversation fits every platform', () => {
    const asked = conversationIn(
      'evaluation',
      { 'installed-edition-id': 'standard-eval', 'licence-owned': 'yes', 'domain-controller': 'no' },
      { locale },
    );
    const ended = choose(asked, 'unsure');
    const failing = press(ended, 'round', 'failing');
    const others = [
      press(asked, 'nav', 'summary'),
      press(conversationIn('activation', {}, { locale }), 'nav', 'summary'),
      press(asked, 'nav', 'person'),
      press(failing, 'nav', 'person'),
      press(asked, 'licence-owned', 'no'),
      press(asked, 'nav', 'back'),
      press(asked, 'nav', 'start-over'),
      press(asked, 'nav', 'others'),
      press(ended, 'round', 'fixed'),
      failing,
      write(asked, '0xC004F074?'),
      write(
        asked,
        'Name: Windows(R), ServerDatacenterEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nLicense Status: Notification',
      ),
      happen(asked, { kind: 'wrote', text: 'a key was here', secretsRemoved: 3 }),
    ];
    expect(others.flatMap(messagesOf).flatMap(faultsOf)).toEqual([]);
  });
});

describe('what *Start* takes up', () => {
  test('is all that was understood, as far as an address holds it', () => {
    const text = [
      'Name: Windows(R), ServerStandardEval edition',
      'Description: Windows(R) Operating System, TIMEBASED_EVAL channel',
      'Error: 0xC004FC07',
    ].join('\n');
    const [start] = presentAnswer(knowledge, 'en', firstAnswer(knowledge, text, at)).actions ?? [];
    const address = start?.address ?? '';
    expect(address.length).toBeLessThanOrEqual(addressLimit);
    expect(readStartAddress(address)).toMatchObject({
      kind: 'start',
      subject: '0xC004FC07',
      facts: expect.arrayContaining([{ question: 'installed-edition-id', value: 'standard-eval', origin: 'read' }]),
    });
  });
});
