import { describe, expect, test } from 'vitest';
import { answerTo, firstAnswer, guideSubject } from '../../src/conversation/answer.ts';
import { guides } from '../../src/knowledge/schema/guides.ts';
import { readStartAddress } from '../../src/message/address.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { locales } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { conversationIn, effectKinds, write } from '../support/talk.ts';

const knowledge = shippedKnowledge();
const at = '2026-11-25T00:00:00Z';
const ask = (text: string) => firstAnswer(knowledge, text, at);

describe('a word by which something is asked for', () => {
  test.each([
    ['help', 'help'],
    ['ヘルプ', 'help'],
    ['?', 'help'],
    ['Read', 'read'],
    ['slmgr', 'read'],
    ['読み取り', 'read'],
    ['CAL', 'cal'],
    ['ｃａｌ', 'cal'],
    ['edition', 'edition'],
    ['エディション', 'edition'],
    ['handoff', 'handoff'],
    ['担当者', 'handoff'],
    ['a person please', 'handoff'],
    ['status', 'status'],
    ['状況', 'status'],
    ['continue', 'status'],
  ])('%s is answered with its guide', (word, guide) => {
    expect(ask(word)).toEqual({ kind: 'guide', guide });
  });

  test('means nothing of the kind within a sentence', () => {
    expect(ask('can 2022 CALs be used with 2019?').kind).toBe('verdict');
    expect(ask('what edition of bread do you sell').kind).not.toBe('guide');
  });

  test('in a conversation is a command or an answer beside the question', () => {
    const talk = conversationIn('activation', { 'error-code': '0xC004FC07' });
    expect(effectKinds(write(talk, 'read'))).toContain('answer');
    expect(effectKinds(write(talk, 'status'))).toContain('summarise');
    expect(write(talk, 'handoff').effects).toEqual(write(talk, 'a person').effects);
  });
});

describe('a guide', () => {
  test.each(guides)('to %s is shown in the other language by its button', (guide) => {
    for (const locale of locales) {
      const card = presentAnswer(knowledge, locale, { kind: 'guide', guide });
      const other = readStartAddress(card.actions?.at(-1)?.address ?? '');
      expect(other).toMatchObject({ kind: locale === 'en' ? 'ja' : 'en', subject: guideSubject(guide) });
      expect(answerTo(knowledge, other?.subject ?? '', [], at)).toEqual({ kind: 'guide', guide });
    }
  });

  test('offers only what begins something', () => {
    for (const guide of guides) {
      const [language, ...buttons] =
        presentAnswer(knowledge, 'en', { kind: 'guide', guide }).actions?.toReversed() ?? [];
      expect(language).toBeDefined();
      for (const { address } of buttons) {
        const start = readStartAddress(address);
        expect(answerTo(knowledge, start?.subject ?? '', [], at)).toHaveProperty('opening');
      }
    }
  });

  test('to a person leads to one first', () => {
    const [first] = presentAnswer(knowledge, 'en', { kind: 'guide', guide: 'handoff' }).actions ?? [];
    expect(readStartAddress(first?.address ?? '')).toMatchObject({ kind: 'person', subject: 'activation' });
  });

  test.each(['cal', 'edition'] as const)(
    'with the examples of %s keeps what it promises: each gets a verdict',
    (guide) => {
      for (const locale of locales) {
        for (const item of knowledge.texts[locale].guides[guide].items ?? [])
          expect(ask(spansToText(fill(item))).kind, spansToText(fill(item))).toBe('verdict');
      }
    },
  );
});
