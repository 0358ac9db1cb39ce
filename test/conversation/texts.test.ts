import { describe, expect, test } from 'vitest';
import {
  choose,
  conversationIn,
  effectKinds,
  effectOf,
  factOf,
  happen,
  messagesOf,
  positionOf,
  promptOf,
  write,
} from '../support/talk.ts';

const atLicence = choose(conversationIn('activation', { 'error-code': '0xC004FC07' }), 'standard-eval');

describe('a typed answer', () => {
  test.each([
    ['yes', 'yes'],
    ['Yes!', 'yes'],
    ['はい', 'yes'],
    ['ＹＥＳ', 'yes'],
    ['no', 'no'],
    ['いいえ', 'no'],
    ['1', 'yes'],
    ['２', 'no'],
    ["I don't know", 'unsure'],
    ['わかりません', 'unsure'],
  ])('%s answers as the button does', (text, value) => {
    expect(factOf(write(atLicence, text), 'licence-owned')).toBe(value);
  });

  test('that means two answers is asked, never guessed', () => {
    const talk = write(atLicence, 'yes and no');
    expect(effectOf(talk, 'say').phrase).toBe('answer-unclear');
    expect(promptOf(talk)).toBe('licence-owned');
    expect(factOf(talk, 'licence-owned')).toBeUndefined();
  });

  test.each([
    ['2019 std', 'standard'],
    ['Datacenter', 'datacenter'],
    ['データセンター', 'datacenter'],
    ['Standard でした', 'standard'],
  ])('%s names an edition', (text, edition) => {
    const asked = conversationIn('evaluation', {
      'installed-edition-id': 'standard-eval',
      'licence-owned': 'yes',
      'domain-controller': 'no',
    });
    expect(factOf(write(asked, text), 'bought-edition')).toBe(edition);
  });

  test.each([
    ['True', 'open'],
    ['TcpTestSucceeded : False', 'closed'],
    ['yes', 'open'],
    ['いいえ', 'closed'],
  ])('%s says what the test of the port printed', (text, value) => {
    const asked = conversationIn('kms', { 'kms-in-use': 'kms', 'kms-entry': 'right' });
    expect(factOf(write(asked, text), 'kms-port')).toBe(value);
  });

  test('gives a number however it is written', () => {
    const asked = conversationIn('cal', { 'cal-topic': 'reassign', 'reassign-reason': 'other' });
    expect(promptOf(asked)).toBe('reassign-days');
    expect(factOf(write(asked, '９０日'), 'reassign-days')).toBe(90);
    expect(factOf(write(asked, 'about 1,200'), 'reassign-days')).toBe(1200);
    expect(effectOf(write(asked, 'between 80 and 90'), 'say').phrase).toBe('answer-unclear');
  });

  test('above what the question takes is refused in words, not kept', () => {
    const asked = conversationIn('cal', { 'cal-topic': 'reassign', 'reassign-reason': 'other' });
    expect(factOf(write(asked, '999999999'), 'reassign-days')).toBeUndefined();
  });

  test.each([
    ['back', 'installed-edition-id'],
    ['戻る', 'installed-edition-id'],
    ['start over', 'error-code'],
    ['最初から', 'error-code'],
  ])('%s is a command', (text, step) => {
    expect(promptOf(write(atLicence, text))).toBe(step);
  });

  test.each(['a person', '担当者'])('%s brings one', (text) => {
    expect(effectKinds(write(atLicence, text))).toEqual(['hand-over']);
  });
});

describe('a question beside the flow', () => {
  test('about another code is answered and does not move the flow', () => {
    const talk = write(atLicence, 'what does 0xC004F074 mean?');
    expect(effectOf(talk, 'answer').answer).toMatchObject({ kind: 'code', code: '0xC004F074' });
    expect(promptOf(talk)).toBe('licence-owned');
    expect(factOf(talk, 'error-code')).toBe('0xC004FC07');
  });

  test('about a code is not taken for a number that stands asked', () => {
    const asked = conversationIn('cal', { 'cal-topic': 'reassign', 'reassign-reason': 'other' });
    expect(promptOf(asked)).toBe('reassign-days');
    const talk = write(asked, 'what does 0xC004F074 mean?');
    expect(effectOf(talk, 'answer').answer).toMatchObject({ kind: 'code', code: '0xC004F074' });
    expect(promptOf(talk)).toBe('reassign-days');
  });

  test('that is not understood says so and changes nothing', () => {
    const talk = write(atLicence, 'the weather is fine');
    expect(effectOf(talk, 'say').phrase).toBe('not-understood');
    expect(talk.conversation.facts).toEqual(atLicence.conversation.facts);
    expect(promptOf(talk)).toBe('licence-owned');
  });
});

const evaluationOutput = [
  'Name: Windows(R), ServerDatacenterEval edition',
  'Description: Windows(R) Operating System, TIMEBASED_EVAL channel',
  'License Status: Notification',
  'Notification Reason: 0xC004F009 (grace time expired).',
].join('\n');

describe('a pasted output', () => {
  test('answers what it shows', () => {
    const talk = write(conversationIn('activation'), evaluationOutput);
    expect(factOf(talk, 'installed-edition-id')).toBe('datacenter-eval');
    expect(factOf(talk, 'key-channel')).toBe('evaluation');
    expect(effectOf(talk, 'acknowledge').read.map(({ question }) => question)).toContain('key-channel');
    expect(talk.conversation.facts.every(({ origin }) => origin === 'read')).toBe(true);
  });

  test('that contradicts what was said is asked about, and decides nothing by itself', () => {
    const talk = write(atLicence, evaluationOutput);
    expect(effectOf(talk, 'contradict').conflicts).toContainEqual({
      question: 'installed-edition-id',
      said: 'standard-eval',
      read: 'datacenter-eval',
    });
    expect(factOf(talk, 'installed-edition-id')).toBe('standard-eval');
  });

  test('is right when the person says so, and wrong when not', () => {
    const asked = write(atLicence, evaluationOutput);
    const answered = (choice: string) =>
      factOf(
        happen(asked, { kind: 'chose', turn: asked.conversation.turn, step: 'change', choice }),
        'installed-edition-id',
      );
    expect(answered('yes')).toBe('datacenter-eval');
    expect(answered('keep')).toBe('standard-eval');
  });

  test('does not take the reason of a state for the error that was said', () => {
    const talk = write(conversationIn('activation', { 'error-code': '0xC004FC07' }), evaluationOutput);
    expect(effectKinds(talk)).not.toContain('contradict');
    expect(factOf(talk, 'error-code')).toBe('0xC004FC07');
    expect(promptOf(talk)).toBe('licence-owned');
  });

  test('of the same output twice says what it read and stands where it stood', () => {
    const once = write(conversationIn('activation'), evaluationOutput);
    const twice = write(once, evaluationOutput);
    expect(positionOf(twice)).toBe(positionOf(once));
    expect(twice.conversation.pending).toBeNull();
  });

  test('is in the case for a person, also where the flow did not ask for it', () => {
    const talk = write(write(conversationIn('key'), evaluationOutput), 'a person');
    const known = effectOf(talk, 'hand-over').known.map(({ question }) => question);
    expect(known).toEqual(expect.arrayContaining(['error-code', 'installed-edition-id', 'key-channel']));
    expect(new Set(known).size).toBe(known.length);
  });

  test('tells apart what a person wrote beside a key that was removed', () => {
    const talk = happen(conversationIn('activation'), {
      kind: 'wrote',
      text: 'my [key] gives 0xC004C008',
      secretsRemoved: 1,
    });
    expect(talk.conversation.facts).toMatchObject([{ question: 'error-code', value: '0xC004C008', origin: 'said' }]);
  });

  test('with a product key in it says that the key was removed', () => {
    const talk = happen(atLicence, { kind: 'wrote', text: 'the key is [removed]', secretsRemoved: 1 });
    expect(effectOf(talk, 'acknowledge').secretsRemoved).toBe(1);
    expect(messagesOf(talk).every(({ blocks }) => blocks.length > 0)).toBe(true);
    expect(promptOf(talk)).toBe('licence-owned');
  });
});
