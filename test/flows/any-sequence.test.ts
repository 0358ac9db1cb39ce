import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Actor, ConversationEvent as Event } from '../../src/conversation/event.ts';
import { takeTurn } from '../../src/conversation/turn.ts';
import { walk } from '../../src/conversation/walk.ts';
import { readAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import { present } from '../../src/message/present.ts';
import { locales } from '../../src/text/locale.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { faultsOf } from '../support/message-faults.ts';
import { replay } from '../support/talk.ts';

const knowledge = shippedKnowledge();
const flows = [...knowledge.flows.keys()];
const steps = [...new Set([...knowledge.flows.values()].flatMap((flow) => Object.keys(flow.steps)))];

/** What somebody does next. A `button` presses one of all buttons shown so far, the newest first. */
type Act =
  | { readonly kind: 'button'; readonly back: number }
  | { readonly kind: 'press'; readonly step: string; readonly choice: string; readonly turn: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'form'; readonly values: readonly string[] }
  | { readonly kind: 'resume' };

const actors: readonly Actor[] = [
  { id: 'requester', role: 'user' },
  { id: 'stranger', role: 'user' },
  { id: 'agent', role: 'agent' },
];
const texts = [
  '',
  'yes',
  'no',
  'はい',
  'いいえ',
  '?',
  '1',
  '99',
  '2019 std',
  'back',
  '戻る',
  'a person',
  'start over',
  'summary',
  '日本語',
  'english',
  'yes no',
  '0xC004FC07',
  '0xC004F074 0xC004C003',
  '0xDEADBEEF',
  '0xC004F07',
  'may a 2019 CAL access a 2022 server?',
  '{ask} **bold** <@U1>',
  '\u0000\u001b[2J',
  'Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nLicense Status: Notification',
  'Description: Windows(R) Operating System, VOLUME_MAK channel\nLicense Status: Licensed\n0xC004F009',
  '__proto__',
  'constructor',
];

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('button' as const), back: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      step: fc.constantFrom(...steps, 'nav', 'round', 'change', 'edit', 'constructor'),
      choice: fc.constantFrom(
        'yes',
        'no',
        'unsure',
        'back',
        'fixed',
        'failing',
        'standard',
        'toString',
        ...steps.slice(0, 5),
      ),
      turn: fc.nat(30),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text: fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 40 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('form' as const),
      values: fc.array(fc.constantFrom('10', '３０', '-1', 'many', '999999999', '', '2022', '0xC004F074', 'unsure'), {
        minLength: 3,
        maxLength: 3,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume' as const) }) },
);
const acts = fc.array(fc.tuple(act, fc.constantFrom(0, 0, 0, 0, 1, 2)), { maxLength: 25 });

/** One run: the state, all that was shown, and all events so far. */
class Run {
  conversation: Conversation | undefined;
  readonly events: Event[] = [];
  readonly shown: Message[] = [];

  happen(event: Event): void {
    const before = this.conversation;
    const decision = takeTurn(knowledge, before, event);
    this.events.push(event);
    if (decision.kind === 'refused') return;
    const { conversation, effects } = decision;
    expect(conversation.turn).toBe((before?.turn ?? 0) + 1);
    expect(conversation.facts.slice(0, before?.facts.length ?? 0)).toEqual(before?.facts ?? []);
    expect(
      effects.filter(({ kind }) => ['ask', 'conclude', 'confirm-change', 'contradict', 'close'].includes(kind)).length,
    ).toBeLessThanOrEqual(1);
    this.conversation = conversation;
    for (const effect of effects) {
      const message = present(knowledge, conversation, effect);
      if (effect.kind !== 'close') expect(message.blocks.length, effect.kind).toBeGreaterThan(0);
      expect(faultsOf(message)).toEqual([]);
      this.shown.push(message);
    }
    this.standsSomewhere(conversation);
  }

  /** Open: one question stands asked, or an outcome. Closed: nothing does. */
  standsSomewhere(conversation: Conversation): void {
    const { position } = walk(knowledge, conversation, conversation.lastAt);
    if (conversation.state === 'closed') expect(conversation.prompt).toBeNull();
    else if (conversation.prompt === null) expect(position.kind).toBe('outcome');
  }

  act(step: Act, actor: Actor): void {
    const at = new Date(Date.UTC(2026, 10, 22, 9, this.events.length)).toISOString();
    const shared = { actor, at };
    switch (step.kind) {
      case 'button': {
        const buttons = this.shown.toReversed().flatMap(({ choices = [], actions = [] }) => [...choices, ...actions]);
        const address = readAddress(buttons[step.back % Math.max(1, buttons.length)]?.address ?? '');
        if (address !== undefined) this.happen({ kind: 'chose', ...address, ...shared });
        return;
      }
      case 'press':
        this.happen({ kind: 'chose', turn: step.turn, step: step.step, choice: step.choice, ...shared });
        return;
      case 'text':
        this.happen({ kind: 'wrote', text: step.text, secretsRemoved: 0, ...shared });
        return;
      case 'form': {
        const asked = this.conversation?.prompt ?? 'cal-heads';
        const questions = [...knowledge.questions.keys()];
        const values = Object.fromEntries(
          questions.map((question, index) => [question, step.values[index % step.values.length] ?? '']),
        );
        this.happen({ kind: 'filled', turn: 1, step: asked, values, ...shared });
        return;
      }
      case 'resume':
        this.happen({ kind: 'resumed', ...shared });
        return;
      default:
        step satisfies never;
    }
  }
}

describe('whatever people press, type, fill in or switch', () => {
  test('nothing throws, one question or an outcome stands, facts are only appended, and the same events give the same state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...flows), fc.constantFrom(...locales), acts, (flow, locale, sequence) => {
        const run = new Run();
        const requester = { id: 'requester', role: 'user' } as const;
        run.happen({
          kind: 'started',
          conversation: 'bcdfghjkmnpqrs',
          workspace: 'terminal:local',
          venue: 'here',
          locale,
          opening: { flow, facts: [] },
          actor: requester,
          at: '2026-11-22T09:00:00.000Z',
        });
        for (const [step, actor] of sequence) run.act(step, actors[actor] ?? requester);
        expect(replay(run.events)).toEqual(run.conversation);
        expect(JSON.parse(JSON.stringify(run.conversation))).toEqual(run.conversation);
      }),
      { numRuns: 400 },
    );
  });
});
