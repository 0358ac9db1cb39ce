import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import type { Actor } from '../../src/conversation/event.ts';
import { answerField, answerStep } from '../../src/handoff/steps.ts';
import { writeAddress } from '../../src/message/address.ts';
import type { Bot, Origin } from '../../src/service/bot.ts';
import { wrongIn } from '../../src/service/submission.ts';
import { desksAt } from '../contracts/handoff-scenarios.ts';
import { silentLog } from '../sql/silent-log.ts';
import { deskOf } from '../support/desk-of.ts';
import { shippedKnowledge } from '../support/knowledge.ts';

const clock = { now: () => new Date('2026-11-25T09:00:00.000Z') };
const origin = (actor: Actor, workspace = 'slack:T1', receipt = Math.random().toString(36)): Origin => ({
  ...{ receipt, actor, workspace, venue: 'C1', locale: 'en' },
});
const requester: Actor = { id: 'U1', role: 'user' };

describe('the form of a ticket', () => {
  let store: Store;
  let bot: Bot;
  let fill = '';
  let field = '';
  beforeEach(async () => {
    store = await createStore('sqlite::memory:', silentLog);
    ({ bot } = await deskOf(store, clock, silentLog, desksAt('http://127.0.0.1:9')));
    const begun = await bot.open(origin(requester), '0xC004C020');
    if (begun.kind !== 'turned') throw new Error('nothing was begun');
    const { id, turn } = begun.conversation;
    await bot.press(origin(requester), writeAddress({ conversation: id, turn, step: 'nav', choice: 'person' }));
    fill = writeAddress({ conversation: id, turn: turn + 1, step: 'handoff', choice: 'fill' });
    await bot.submit(origin(requester), fill, { 'contact-email': 'hanako@contoso.example' });
    field = writeAddress({ conversation: id, turn: turn + 2, step: 'handoff-field', choice: 'contact-email' });
  });
  afterEach(() => store.close());

  test('opens for the requester and the help desk, with what was said', async () => {
    expect((await bot.formAt(origin(requester), field))?.fields[0]?.value).toBe('hanako@contoso.example');
    expect(await bot.formAt(origin({ id: 'A1', role: 'agent' }), fill)).toBeDefined();
  });

  test('opens for the requester in direct messages too, which belong to no workspace', async () => {
    expect(await bot.formAt(origin(requester, 'slack:@me'), fill)).toBeDefined();
  });

  test.each([
    ['a stranger', origin({ id: 'U2', role: 'user' })],
    ['a guest', origin({ ...requester, guest: true })],
    ['an agent of another workspace', origin({ id: 'A1', role: 'agent' }, 'slack:T2')],
  ])('does not open for %s, who is told so by the press', async (_, whoever) => {
    expect(await bot.formAt(whoever, field)).toBeUndefined();
    expect((await bot.press(whoever, field)).kind).toBe('refused');
  });
});

describe('the form in which a desk is answered', () => {
  const wrong = (text: string) => wrongIn(shippedKnowledge(), answerStep(1), { [answerField]: text })?.('en');
  const { problems } = shippedKnowledge().texts.en.tickets;

  test('says at its field that nothing was written, or too much', () => {
    expect(wrong(' \n')).toEqual({ [answerField]: problems['needs-text'] });
    expect(wrong('x'.repeat(1_501))).toEqual({ [answerField]: problems['too-long'] });
    expect(wrong('x'.repeat(1_500))).toBeUndefined();
  });
});
