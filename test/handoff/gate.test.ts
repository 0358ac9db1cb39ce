import { describe, expect, test } from 'vitest';
import { readDetails } from '../../src/handoff/details.ts';
import { nextForm, readGate } from '../../src/handoff/gate.ts';
import { preflight } from '../../src/handoff/preflight.ts';
import { severityOf } from '../../src/handoff/severity.ts';
import { contact, conversationOf, detailsOf, knowledge, makLimit } from '../support/cases.ts';

const field = (id: string) => {
  const found = knowledge.tickets.fields.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no field ${id}`);
  return found;
};
const missing = (item: Parameters<typeof readGate>[1]) =>
  readGate(knowledge, item).missing.map((need) => (need.kind === 'field' ? need.field.id : need.question));

describe('the gate', () => {
  test('asks for the fields of the desk that nobody has said', () => {
    const { agreement: _, 'vl-role': __, ...rest } = makLimit.details;
    expect(missing({ ...makLimit, details: rest })).toEqual(['vl-role', 'agreement']);
  });

  test('takes an “I don’t know” with a reason for an answer', () => {
    expect(missing({ ...makLimit, details: { ...makLimit.details, ...detailsOf({ 'vl-role': null }) } })).toEqual([]);
  });

  test('asks the other way where the first is not known, and rests when both are tried', () => {
    const unknown = { ...makLimit, details: { ...makLimit.details, ...detailsOf({ agreement: null }) } };
    expect(missing(unknown)).toEqual(['licence-id', 'authorization']);
    expect(missing({ ...unknown, details: { ...unknown.details, ...detailsOf({ 'licence-id': null }) } })).toEqual([]);
  });

  test('does not ask how many more where nothing is to be raised', () => {
    const details = detailsOf({
      ...contact,
      ask: 'downgrade',
      'key-last-five': '6789B',
      'vl-role': 'none',
      agreement: 'V1',
    });
    expect(missing({ ...makLimit, details })).toEqual([]);
  });

  test('shows forms of ten fields, then the questions of the flows one by one', () => {
    const bare = { ...makLimit, conversation: conversationOf('activation', {}), details: {} };
    expect(nextForm(readGate(knowledge, bare))).toHaveLength(10);
    const said = { ...bare, details: makLimit.details };
    expect(nextForm(readGate(knowledge, said))).toEqual([{ kind: 'question', question: 'installed-version' }]);
    expect(readGate(knowledge, said).score).toBeGreaterThan(80);
  });
});

describe('what is typed into a field', () => {
  const read = (id: string, text: string) => readDetails(knowledge, [field(id)], { [id]: text });

  test.each([
    ['order-number', 'unknown, the invoice is lost', 'the invoice is lost'],
    ['order-number', '不明。請求書を紛失', '請求書を紛失'],
    ['order-number', "I don't know: moved offices", 'moved offices'],
  ])('is an “I don’t know” in %s: %s', (id, text, why) => {
    expect(read(id, text)).toEqual({ kind: 'details', said: { [id]: { value: null, why } } });
  });

  test.each([
    ['order-number', 'unknown', 'needs-reason'],
    ['order-number', '', 'needs-text'],
    ['contact-email', 'hanako', 'needs-email'],
    ['contact-email', 'a@b.example\r\nBcc: x@y.example', 'needs-email'],
    ['ask-amount', 'four', 'needs-number'],
    ['deadline', '2026-02-31', 'needs-day'],
    ['key-last-five', 'AAAAA-BBBBB', 'needs-last-five'],
    ['production', 'perhaps', 'needs-choice'],
    ['customer', 'x'.repeat(121), 'too-long'],
  ])('is refused in %s: %j', (id, text, problem) => {
    expect(read(id, text)).toEqual({ kind: 'problems', problems: { [id]: problem } });
  });

  test.each([
    ['ask-amount', '４', '4'],
    ['deadline', '2026年11月27日', '2026-11-27'],
    ['key-last-five', '6789b', '6789B'],
    ['key-last-five', '[KEY …6789B]', '6789B'],
    ['customer', 'Contoso\nK.K.', 'Contoso K.K.'],
  ])('is read in %s: %j', (id, text, value) => {
    expect(read(id, text)).toEqual({ kind: 'details', said: { [id]: { value, why: null } } });
  });
});

describe('before a ticket', () => {
  const at = makLimit.at;
  const look = (
    flow: string,
    answers: Record<string, string>,
    desk: 'reseller' | 'vl-support' | 'internal' | 'none',
    more = {},
  ) => preflight(knowledge, { conversation: conversationOf(flow, answers, more), desk, at });

  test('an evaluation is converted', () => {
    expect(look('activation', { 'key-channel': 'evaluation' }, 'reseller')).toMatchObject({
      kind: 'fix-first',
      reason: 'expired-evaluation',
      flow: 'evaluation',
    });
  });

  test('a KMS client finds its host, and its own administrators may be asked', () => {
    expect(look('kms', { 'error-code': '0xC004F074' }, 'vl-support')).toMatchObject({ reason: 'kms-client' });
    expect(look('kms', { 'error-code': '0xC004F074' }, 'internal')).toEqual({ kind: 'clear' });
  });

  test('an edition mismatch is settled', () => {
    expect(look('key', { 'installed-edition': 'standard', 'bought-edition': 'datacenter' }, 'reseller')).toMatchObject({
      reason: 'edition-mismatch',
    });
  });

  test('a fix that was tried and did not help leaves the way to the desk', () => {
    const closedRounds = [
      { flow: 'evaluation', code: null, outcome: 'convert-standard', result: 'still-failing', closedAt: at },
    ];
    expect(look('activation', { 'key-channel': 'evaluation' }, 'reseller', { closedRounds })).toEqual({
      kind: 'clear',
    });
  });

  test('a diagnosis that ended at a desk is believed', () => {
    const answers = {
      'installed-edition-id': 'standard-eval',
      'installed-evaluation': 'yes',
      'key-channel': 'evaluation',
      'licence-owned': 'no',
      'clock-right': 'yes',
    };
    expect(look('evaluation', answers, 'reseller')).toEqual({ kind: 'clear' });
  });

  test('nothing is sent where nobody outside has to act', () => {
    expect(look('activation', {}, 'none')).toEqual({ kind: 'no-ticket' });
  });
});

describe('the severity', () => {
  const of = (details: Record<string, string>, answers: Record<string, string> = {}) =>
    severityOf(knowledge, {
      conversation: conversationOf('activation', answers),
      details: detailsOf(details),
      at: makLimit.at,
    });

  test('is 3 where a production server is not activated and runs', () =>
    expect(of({ 'impact-level': 'running', production: 'yes', workaround: 'no' })).toBe(3));
  test('is 1 where production is down without a workaround', () =>
    expect(of({ 'impact-level': 'down', production: 'yes', workaround: 'no' })).toBe(1));
  test('is 2 where there is a workaround', () =>
    expect(of({ 'impact-level': 'down', production: 'yes', workaround: 'yes' })).toBe(2));
  test('is 2 where the deadline is within a day', () =>
    expect(of({ 'impact-level': 'running', production: 'yes', deadline: '2026-11-22' })).toBe(2));
  test('is 4 for a question', () => expect(of({ 'impact-level': 'question', production: 'yes' })).toBe(4));
  test('is 1 for an expired evaluation in production: it shuts down by itself', () =>
    expect(
      of(
        { 'impact-level': 'running', production: 'yes', workaround: 'no' },
        { 'key-channel': 'evaluation', 'error-code': '0xC004FC07' },
      ),
    ).toBe(1));
});
