import { describe, expect, test } from 'vitest';
import type { Actor, Event } from '../../src/conversation/event.ts';
import type { AnswerFate, HandoffState } from '../../src/conversation/handoff-state.ts';
import { commentReference, turnMarked } from '../../src/handoff/comment.ts';
import { readEvidence } from '../../src/handoff/evidence.ts';
import type { CaseEffect } from '../../src/handoff/handoff-effect.ts';
import type { HandoffSettings } from '../../src/handoff/settings.ts';
import { answerField, answerStep } from '../../src/handoff/steps.ts';
import { takeCaseTurn } from '../../src/handoff/take-case-turn.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentEffect } from '../../src/message/present-effect.ts';
import { presentHandoffForm } from '../../src/message/present-handoff-form.ts';
import { knowledge, makLimit } from '../support/cases.ts';

const settings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: {},
  hours: {},
  agentHours: {},
  desks: { microsoft: { name: 'Example Desk', country: 'JP', language: 'en' } },
  routes: [],
};
const requester: Actor = { id: 'U1', role: 'user' };
const text = 'It is srv-01.';

/** A conversation whose ticket is at a stage, and what the last event brought. */
class Case {
  conversation = makLimit.conversation;
  effects: readonly CaseEffect[] = [];
  readonly events: Event[] = [];

  constructor(handoff: Partial<HandoffState> = {}) {
    const { details, consent, at } = makLimit;
    this.conversation = {
      ...makLimit.conversation,
      handoff: {
        ...{ generation: 1, desk: 'vl-support', to: 'microsoft', round: 1, stage: 'waiting', details, consent, at },
        ...{ overriddenBy: null, shown: null, withoutTranscript: false, subject: '[LIC] MAK', tries: 1 },
        ...{ ticket: { number: '48213', url: 'https://desk.example/48213' }, word: null },
        ...handoff,
      },
    };
  }

  answer(written = text, actor = requester, generation = 1): this {
    const { turn } = this.conversation;
    const values = { [answerField]: written };
    return this.take({ kind: 'filled', turn, step: answerStep(generation), values, actor, at: this.#now() });
  }

  hear(fate: AnswerFate, answeredAt: string, generation = 1): this {
    const news = { kind: 'answer', fate, desk: 'microsoft', answeredAt } as const;
    return this.take({
      kind: 'heard',
      generation,
      news,
      actor: { id: 'desk:microsoft', role: 'user' },
      at: this.#now(),
    });
  }

  take(event: Event): this {
    this.events.push(event);
    const backing = { settings, agentChannel: null, events: this.events };
    const decision = takeCaseTurn(knowledge, this.conversation, event, backing);
    if (decision.kind !== 'turn') throw new Error(`it came to ${JSON.stringify(decision)}`);
    this.conversation = decision.conversation;
    this.effects = decision.effects;
    return this;
  }

  effect<Kind extends CaseEffect['kind']>(kind: Kind): Extract<CaseEffect, { kind: Kind }> {
    const found = this.effects.find((effect) => effect.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} in ${this.effects.map((effect) => effect.kind)}`);
    return found as Extract<CaseEffect, { kind: Kind }>;
  }

  shown(): string {
    return this.effects
      .flatMap((effect) => presentEffect(knowledge, this.conversation, effect, 'Asia/Tokyo') ?? [])
      .map((message) => messageToText(message, (id) => id))
      .join('\n');
  }

  #now(): string {
    return new Date(Date.parse(makLimit.at) + (this.events.length + 1) * 60_000).toISOString();
  }
}

describe('an answer to a desk', () => {
  test('goes to the desk that has the ticket, signed, marked and under the subject of the ticket', () => {
    const item = new Case().answer();
    const { to, comment } = item.effect('answer-desk');
    const { turn, id, workspace } = item.conversation;
    const ticket = `ld:${workspace}:${id}:1`;
    expect(to).toBe('microsoft');
    expect(comment).toMatchObject({ ticket, reference: commentReference(ticket, turn), subject: '[LIC] MAK' });
    expect(comment.body).toBe(`${text}\n\nHanako Yamada, by way of the chat ${comment.mark}\n`);
    expect(turnMarked(comment.body)).toBe(turn);
    expect(item.effect('answered').text).toBe(comment.body);
  });

  test('of an agent is signed as the agent’s, and one under an old ticket by its number', () => {
    const item = new Case({ subject: null }).answer(text, { id: 'A1', role: 'agent' });
    const { comment } = item.effect('answer-desk');
    expect(comment.body).toContain(`\n\n${knowledge.texts.en.tickets.speakers.agent}, by way of the chat`);
    expect(comment.subject).toBe(`[${comment.number}]`);
  });

  test('is begun by no press: an old button shows where the ticket stands, and begins no other', () => {
    for (const stage of ['dead', 'cancelled', 'created'] as const) {
      const item = new Case({ stage });
      const { turn } = item.conversation;
      item.take({
        ...{ kind: 'chose', turn, step: answerStep(1), choice: 'answer' },
        ...{ actor: requester, at: '2026-11-25T00:00:00.000Z' },
      });
      expect(item.effects.map(({ kind }) => kind)).toEqual(['card']);
      expect(item.conversation.handoff).toMatchObject({ generation: 1, stage });
    }
  });

  test('stands in the transcript of the next ticket', () => {
    const item = new Case().answer();
    const { transcript } = readEvidence(knowledge, item.conversation, item.events);
    expect(transcript).toMatchObject([{ speaker: 'requester', text }]);
  });

  test.each([
    'queued',
    'delayed',
    'created',
    'replied',
    'waiting',
    'resolved',
    'reopened',
    'key-issued',
    'answered',
  ] as const)('has its form and its button while the ticket is %s', (stage) => {
    const item = new Case({ stage });
    const address = { conversation: item.conversation.id, turn: 1, step: answerStep(1), choice: 'answer' };
    expect(presentHandoffForm(knowledge, item.conversation, address)?.fields).toHaveLength(1);
    expect(item.answer().effects.map(({ kind }) => kind)).toEqual(['answered', 'answer-desk']);
  });

  test.each(['held', 'dead', 'copied', 'cancelled'] as const)(
    'has no form while the ticket is %s, and what was written into an older one is given back',
    (stage) => {
      const item = new Case({ stage });
      const address = { conversation: item.conversation.id, turn: 1, step: answerStep(1), choice: 'answer' };
      expect(presentHandoffForm(knowledge, item.conversation, address)).toBeUndefined();
      expect(item.answer().effect('answer-fate')).toMatchObject({ fate: 'lost', text });
      expect(item.effects).toHaveLength(1);
      expect(item.shown()).toContain(text);
    },
  );

  test('by the button of an earlier ticket reaches no other desk', () => {
    const item = new Case({ generation: 2 }).answer();
    expect(item.effect('answer-fate')).toMatchObject({ fate: 'lost', text, link: null });
    expect(item.effects.map(({ kind }) => kind)).not.toContain('answer-desk');
  });

  test('is refused from strangers and guests', () => {
    const event = (actor: Actor): Event => ({
      ...{ kind: 'filled', turn: 1, step: answerStep(1), values: { [answerField]: text } },
      ...{ actor, at: makLimit.at },
    });
    const { conversation } = new Case();
    for (const [actor, refusal] of [
      [{ id: 'U2', role: 'user' }, 'not-yours'],
      [{ ...requester, guest: true }, 'no-guests'],
    ] as const)
      expect(takeCaseTurn(knowledge, conversation, event(actor))).toEqual({ kind: 'refused', refusal });
  });

  test('that arrived is told, and the card says that the next word is theirs', () => {
    const item = new Case().answer();
    const { createdAt } = item.effect('answer-desk').comment;
    item.hear('arrived', createdAt);
    expect(item.effects.map(({ kind }) => kind)).toEqual(['card', 'answer-fate']);
    expect(item.conversation.handoff?.stage).toBe('answered');
    expect(item.shown()).not.toContain(text);
  });

  test('that arrived after the desk spoke again leaves the card with what the desk said', () => {
    const item = new Case().answer();
    const { createdAt } = item.effect('answer-desk').comment;
    const word = { by: 'Sato', text: 'And the version?', keyEndings: [] };
    const news = { kind: 'waiting', word } as const;
    const at = new Date(Date.parse(createdAt) + 1_000).toISOString();
    item.take({ kind: 'heard', generation: 1, news, actor: { id: 'desk:microsoft', role: 'user' }, at });
    item.hear('arrived', createdAt);
    expect(item.conversation.handoff?.stage).toBe('waiting');
    expect(item.effects.map(({ kind }) => kind)).toEqual(['answer-fate']);
  });

  test('of which nobody knows whether it arrived sends the person to the ticket', () => {
    const item = new Case().answer();
    item.hear('held', item.effect('answer-desk').comment.createdAt);
    expect(item.shown()).toContain('48213');
    expect(item.shown()).not.toContain(text);
    expect(item.conversation.handoff?.stage).toBe('waiting');
  });

  test('that was lost is given back whole', () => {
    const item = new Case().answer();
    item.hear('lost', item.effect('answer-desk').comment.createdAt);
    expect(item.shown()).toContain(text);
  });
});
