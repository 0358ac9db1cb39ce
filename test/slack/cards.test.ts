import { expect, test } from 'vitest';
import { Cards } from '../../adapters/slack/cards.ts';
import { createStore } from '../../adapters/sql/store.ts';
import { deskOf } from '../support/desk-of.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';

test('a card is made once for a knowledge and a day, whoever asks, anew when either changes, and never kept of a secret', async () => {
  const log = { info() {}, warn() {}, error() {} };
  const store = await createStore('sqlite::memory:', log);
  let knowledge = shippedKnowledge();
  let now = new Date('2026-11-25T10:00:00Z');
  const clock = { now: () => now };
  const made: string[] = [];
  const { bot } = await deskOf(store, clock, log);
  const cards = new Cards({
    ...{ knowledge: () => knowledge, expandKey, clock },
    bot: {
      lookUp(text, locale) {
        made.push(`${locale} ${text}`);
        return bot.lookUp(text, locale);
      },
    },
  });
  const first = cards.lookUp('0xC004FC07', 'en');
  expect(cards.lookUp('0xC004FC07', 'en')).toEqual(first);
  cards.lookUp('0xC004FC07', 'ja');
  expect(made).toHaveLength(2);
  knowledge = { ...knowledge };
  cards.lookUp('0xC004FC07', 'en');
  now = new Date('2026-11-26T10:00:00Z');
  cards.lookUp('0xC004FC07', 'en');
  expect(made).toHaveLength(4);
  const withKey = 'BCD2F-GHJ34-KMPQR-TVWXY-23467';
  cards.lookUp(withKey, 'en');
  cards.lookUp(withKey, 'en');
  expect(made).toHaveLength(6);
  await store.close();
});
