import { describe, expect, test } from 'vitest';
import { parseConversation } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import type { DeskWord, HandoffState, TicketNews, ToldStage } from '../../src/conversation/handoff-state.ts';
import { toldStages } from '../../src/conversation/handoff-state.ts';
import type { CaseEffect } from '../../src/handoff/handoff-effect.ts';
import { Route } from '../../src/handoff/routes.ts';
import type { HandoffSettings } from '../../src/handoff/settings.ts';
import { takeCaseTurn } from '../../src/handoff/take-case-turn.ts';
import type { Message } from '../../src/message/message.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentEffect } from '../../src/message/present-effect.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { conversationOf, knowledge, makLimit } from '../support/cases.ts';
import { faultsOf } from '../support/message-faults.ts';

const settings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: {},
  hours: {},
  desks: { microsoft: { name: 'Example Desk', country: 'JP', language: 'ja' } },
  routes: [Route.parse({ when: { desk: ['vl-support', 'reseller'] }, to: 'microsoft' })],
};
const sato: DeskWord = { by: 'Sato', text: 'The limit is raised.', keyEndings: [] };
const newKey: DeskWord = { by: 'Sato', text: null, keyEndings: ['Q7R4T'] };
const created: TicketNews = { kind: 'created', ticket: { number: '48213', url: 'https://desk.example/48213' } };

type Untimed<Each> = Each extends Event ? Omit<Each, 'at'> : never;

/** A conversation with a ticket at a desk, and what the last event brought. */
class Case {
  conversation = makLimit.conversation;
  effects: readonly CaseEffect[] = [];
  #minute = 0;

  constructor(handoff: Partial<HandoffState> = {}, conversation = makLimit.conversation) {
    const { details, consent } = makLimit;
    this.conversation = {
      ...conversation,
      handoff: {
        ...{
          generation: 1,
          desk: 'vl-support',
          to: 'microsoft',
          stage: 'queued',
          details,
          overriddenBy: null,
          round: 1,
          shown: null,
          subject: null,
        },
        ...{ consent, ticket: null, word: null, tries: 1, at: makLimit.at },
        ...handoff,
      },
    };
  }

  hear(news: TicketNews, generation = 1): this {
    return this.#take({ kind: 'heard', generation, news, actor: { id: 'desk:microsoft', role: 'user' } });
  }

  press(choice: string, turn = this.conversation.turn, step = 'handoff'): this {
    return this.#take({ kind: 'chose', turn, step, choice, actor: { id: 'U1', role: 'user' } });
  }

  get stage(): string | undefined {
    return this.conversation.handoff?.stage;
  }

  kinds(): readonly string[] {
    return this.effects.map((effect) => (effect.kind === 'card' ? `card ${effect.how}` : effect.kind));
  }

  messages(locale: Locale = 'en'): readonly Message[] {
    const read = { ...this.conversation, locale };
    return this.effects.flatMap((effect) => presentEffect(knowledge, read, effect, 'Asia/Tokyo') ?? []);
  }

  text(locale: Locale = 'en'): string {
    return this.messages(locale)
      .map((message) => messageToText(message, (id) => id))
      .join('\n');
  }

  #take(event: Untimed<Event>): this {
    this.#minute += 1;
    const at = new Date(Date.parse(makLimit.at) + this.#minute * 60_000).toISOString();
    const backing = { settings, agentChannel: null, events: [] };
    const decision = takeCaseTurn(knowledge, this.conversation, { ...event, at } as Event, backing);
    if (decision.kind !== 'turn') throw new Error(`it came to ${decision.kind}`);
    this.conversation = decision.conversation;
    this.effects = decision.effects;
    return this;
  }
}

const told = (kind: ToldStage, word = sato): TicketNews => ({ kind, word });
const solved = () => new Case().hear(created).hear(told('resolved'));

describe('what a desk says of a ticket', () => {
  test.each(toldStages)('as %s is where the ticket stands, in the card and as news', (stage) => {
    const item = new Case().hear(created).hear(told(stage));
    expect(item.stage).toBe(stage);
    expect(item.kinds()).toEqual(['card in-place', 'card news']);
  });

  test.each(locales)('names who wrote it, and holds no markup of theirs, in %s', (locale) => {
    const text = '<@U1> **now** [here](https://b.example)';
    const item = new Case().hear(created).hear(told('replied', { ...sato, text }));
    expect(item.text(locale)).toContain('Sato');
    expect(item.text(locale)).toContain('48213');
    const spans = item
      .messages(locale)
      .flatMap(({ blocks }) => blocks.flatMap((block) => ('spans' in block ? block.spans : [])));
    expect(spans).toContainEqual({ kind: 'text', text });
  });

  test.each(locales)('leaves no placeholder open and fits every platform, in %s', (locale) => {
    for (const stage of toldStages)
      for (const word of [
        sato,
        newKey,
        { by: null, text: null, keyEndings: [] },
        { ...sato, text: '\u3042'.repeat(1000) },
      ])
        for (const before of [new Case(), new Case().hear(created)]) {
          const item = before.hear(told(stage, word));
          expect(item.text(locale)).not.toMatch(/\{[a-z]+\}/i);
          expect(item.messages(locale).flatMap(faultsOf)).toEqual([]);
        }
  });

  test('names the ending of a new key and where it stands', () => {
    const text = new Case().hear(created).hear(told('key-issued', newKey)).text();
    expect(text).toContain('Q7R4T');
    expect(text).toContain('48213');
  });

  test('proves that a ticket arrived of which nobody knew', () => {
    const item = new Case({ stage: 'held' }).hear(told('replied'));
    expect(item.stage).toBe('replied');
    expect(item.hear({ kind: 'held' }).stage).toBe('replied');
    expect(item.hear({ kind: 'dead' }).kinds()).toEqual([]);
  });

  test('before the number of the ticket is known keeps its place, and gains the number', () => {
    const item = new Case().hear(told('replied')).hear(created);
    expect(item.stage).toBe('replied');
    expect(item.kinds()).toEqual(['card in-place']);
    expect(item.text()).toContain('48213');
  });

  test('is dropped where it is about an earlier ticket, or one that was never sent', () => {
    expect(new Case({ generation: 2, stage: 'created' }).hear(told('resolved')).effects).toEqual([]);
    for (const stage of ['gathering', 'preview', 'copied', 'cancelled', 'dead'] as const) {
      const item = new Case({ stage, consent: null }).hear(told('replied'));
      expect(item.stage).toBe(stage);
      expect(item.effects).toEqual([]);
    }
  });
});

describe('a ticket that the desk calls solved', () => {
  const choices = (item: Case) => item.messages().flatMap((message) => message.choices ?? []);

  test('asks whether it works, once, where it is told', () => {
    expect(
      solved()
        .messages()
        .map((message) => message.choices?.length ?? 0),
    ).toEqual([0, 2]);
    expect(choices(new Case().hear(created).hear(told('key-issued', newKey)))).toHaveLength(2);
    expect(choices(new Case().hear(created).hear(told('reopened')))).toEqual([]);
  });

  test('closes the round as fixed, wherever the diagnosis stands', () => {
    const item = solved().press('works');
    expect(item.kinds()).toEqual(['settle-prompt', 'card in-place', 'say', 'close']);
    expect(item.conversation.state).toBe('closed');
    expect(item.conversation.closedRounds.at(-1)).toMatchObject({ result: 'fixed' });
    expect(item.messages().flatMap((message) => message.choices ?? [])).toEqual([]);
  });

  test('that still fails begins a round, and lets another ticket be asked for', () => {
    const item = solved().press('failing');
    expect(item.conversation.closedRounds.at(-1)).toMatchObject({ result: 'still-failing' });
    expect(item.conversation.state).toBe('open');
    item.press('person', item.conversation.turn, 'nav');
    expect(item.conversation.handoff).toMatchObject({ generation: 2, ticket: null, word: null });
    const { stage } = item;
    expect(item.hear(told('resolved')).stage).toBe(stage);
  });

  test('is asked about no more where it has been answered, or is open again', () => {
    const opened = solved().hear(told('reopened'));
    const rounds = opened.conversation.closedRounds.length;
    expect(opened.press('works').kinds()).toEqual(['card anew']);
    expect(opened.conversation.closedRounds).toHaveLength(rounds);
    const item = solved();
    const { turn } = item.conversation;
    item.press('failing');
    const once = item.conversation.closedRounds.length;
    item.press('works', turn);
    expect(item.conversation.closedRounds).toHaveLength(once);
  });

  test('that still fails and of which the desk speaks again is the ticket still', () => {
    const item = solved().press('failing').hear(told('replied'));
    item.press('person', item.conversation.turn, 'nav');
    expect(item.conversation.handoff).toMatchObject({ generation: 1, stage: 'replied' });
  });

  test('that was stored before desks were heard is read', () => {
    const { word: _, ...handoff } = new Case().conversation.handoff ?? {};
    const stored = { ...conversationOf('activation', {}), handoff };
    expect(parseConversation(JSON.parse(JSON.stringify(stored))).handoff?.word).toBeNull();
  });
});
