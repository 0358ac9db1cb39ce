import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Actor, Event } from '../../src/conversation/event.ts';
import { answerFates, type TicketNews } from '../../src/conversation/handoff-state.ts';
import { generationOf } from '../../src/handoff/case-number.ts';
import type { Comment } from '../../src/handoff/comment.ts';
import type { CaseEffect } from '../../src/handoff/handoff-effect.ts';
import { Route } from '../../src/handoff/routes.ts';
import type { HandoffSettings } from '../../src/handoff/settings.ts';
import { answerStep, handoffFieldStep, handoffStep, noteField } from '../../src/handoff/steps.ts';
import { takeCaseTurn } from '../../src/handoff/take-case-turn.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';
import { readAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import { presentEffect } from '../../src/message/present-effect.ts';
import { presentHandoffForm } from '../../src/message/present-handoff-form.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { completeCases, knowledge } from '../support/cases.ts';
import { faultsOf } from '../support/message-faults.ts';

const settings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: { customer: 'Contoso K.K.', country: 'JP' },
  hours: {},
  desks: {
    microsoft: { name: 'Example Desk', country: 'US', language: 'en' },
    seller: { name: 'Example Reseller', country: 'JP', language: 'ja' },
  },
  routes: [
    Route.parse({ when: { desk: ['vl-support', 'rds-clearinghouse'] }, to: 'microsoft' }),
    Route.parse({ when: { desk: ['reseller', 'oem'] }, to: 'seller' }),
  ],
};

const requester: Actor = { id: 'U1', role: 'user' };
const actors: readonly Actor[] = [
  requester,
  { id: 'U2', role: 'user' },
  { id: 'A1', role: 'agent' },
  { id: 'L1', role: 'lead' },
  { id: 'U1', role: 'user', guest: true },
];

const notKnown = 'unknown, lost';
/** What may be typed into every field of a form. */
const odd = ['', '-', notKnown, '９', 'nobody', 'a@b.example', '\u0000', 'x'.repeat(200)];

const news: readonly TicketNews[] = [
  { kind: 'created', ticket: { number: 'H-1', url: 'https://desk.example/1' } },
  { kind: 'created', ticket: { number: null, url: null } },
  { kind: 'delayed', tries: 4 },
  { kind: 'held' },
  { kind: 'dead' },
];

/** What happens next. A `button` is one of all that were shown, counted from the newest; `news` is of a ticket that was sent. */
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('button' as const), back: fc.nat(60) }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('newest' as const), choice: fc.constantFrom('send', 'fill', 'answer') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('form' as const),
      values: fc.record({ any: fc.constantFrom(...odd) }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      step: fc.constantFrom(handoffStep, handoffFieldStep, answerStep(1), answerStep(9), 'nav', 'round'),
      choice: fc.constantFrom(
        ...['send', 'edit', 'cancel', 'continue', 'anyway', 'claim', 'release', 'note', 'person', 'back', 'agreement'],
        ...['fixed', 'failing', 'other-language', 'constructor'],
      ),
      back: fc.nat(3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text: fc.constantFrom(
        ...['a person', '日本語', 'english', 'back', 'yes', '2019', 'start over', '0xC004F074', '0xC004FC07'],
        ...['', 'Name: Windows(R), ServerStandard edition\nLicense Status: Notification', '人に聞きたい', 'fixed'],
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('note' as const), text: fc.constantFrom('srv-01', ' ', 'x') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('news' as const),
      news: fc.constantFrom(...news),
      back: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fate' as const),
      fate: fc.constantFrom(...answerFates),
      back: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;
const acts = fc.array(fc.tuple(act, fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 3, 4)), { maxLength: 30, size: 'max' });

/** What of a ticket a consent is about: everything but the consent itself. */
function agreedIn({ files, ...ticket }: Ticket): unknown {
  const parsed = files.map(({ name, type, text }) => {
    if (name !== 'case-file.json') return { name, type, text };
    const { consent: _, ...caseFile } = JSON.parse(text);
    return { name, type, caseFile };
  });
  return { ...ticket, files: parsed };
}

class Run {
  conversation: Conversation;
  readonly #events: Event[] = [];
  readonly #shown: Message[] = [];
  readonly #previews = new Map<number, Ticket>();
  readonly opened: Ticket[] = [];
  readonly answers: Comment[] = [];
  readonly #whole: Readonly<Record<string, string>>;
  readonly #agentChannel: string | null;

  constructor(conversation: Conversation, whole: Readonly<Record<string, string>>, agentChannel: string | null) {
    this.conversation = conversation;
    this.#whole = whole;
    this.#agentChannel = agentChannel;
  }

  happen(event: Event): void {
    const before = this.conversation;
    const first = takeCaseTurn(knowledge, before, event);
    const backing = { settings, agentChannel: this.#agentChannel, events: [...this.#events, event] };
    const decision = first.kind === 'needs-backing' ? takeCaseTurn(knowledge, before, event, backing) : first;
    if (decision.kind === 'refused' || decision.kind === 'ignored') return;
    if (decision.kind === 'needs-backing') throw new Error('a turn asked for its backing again');
    expect(decision.conversation.turn).toBe(before.turn + 1);
    expect(JSON.parse(JSON.stringify(decision.conversation))).toEqual(decision.conversation);
    this.conversation = decision.conversation;
    this.#events.push(event);
    for (const effect of decision.effects) this.#see(effect, event);
    const [answer] = decision.effects.flatMap((effect) => (effect.kind === 'answer-desk' ? [effect] : []));
    if (answer !== undefined) this.#answer(answer, decision.effects, event);
  }

  #see(effect: CaseEffect, event: Event): void {
    const { conversation } = this;
    if (effect.kind === 'show-ticket') this.#previews.set(conversation.turn, effect.ticket);
    if (effect.kind === 'open-ticket') this.#open(effect.ticket, event);
    const messages = locales.map((locale) =>
      presentEffect(knowledge, { ...conversation, locale }, effect, settings.sender.timeZone),
    );
    // A file is as long as it is: the platforms page it.
    for (const message of messages)
      if (message !== undefined && effect.kind !== 'show-file')
        expect(faultsOf(message), `${effect.kind} ${message.locale}`).toEqual([]);
    const read = messages.find((message) => message?.locale === conversation.locale);
    if (read !== undefined) this.#shown.push(read);
  }

  /** It goes by a form of its ticket, which is the newest, to the desk that has it, and is shown as it goes. */
  #answer({ to, comment }: { to: string; comment: Comment }, effects: readonly CaseEffect[], event: Event): void {
    const ticket = this.opened.at(-1);
    expect(event).toMatchObject({ kind: 'filled', step: answerStep(generationOf(ticket?.reference ?? '')) });
    expect(comment).toMatchObject({ ticket: ticket?.reference, subject: ticket?.subject, locale: ticket?.locale });
    expect(to).toBe(this.conversation.handoff?.to);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'answered', text: comment.body }));
    expect(comment.body).toContain(comment.mark);
    expect(this.answers.map(({ reference }) => reference)).not.toContain(comment.reference);
    this.answers.push(comment);
  }

  /** It goes by a press on the newest preview, which showed this very ticket, and is the first of its generation. */
  #open(ticket: Ticket, event: Event): void {
    expect(event).toMatchObject({ kind: 'chose', step: handoffStep, choice: 'send' });
    if (event.kind !== 'chose') return;
    expect(event.turn).toBe(Math.max(...this.#previews.keys()));
    const preview = this.#previews.get(event.turn);
    expect(agreedIn(ticket)).toEqual(preview && agreedIn(preview));
    expect(JSON.parse(ticket.files[0]?.text ?? '').consent).toMatchObject({ by: event.actor.id, at: event.at });
    const generations = this.opened.map(({ reference }) => generationOf(reference));
    expect(generations).not.toContain(generationOf(ticket.reference));
    expect(ticket.reference).toContain(this.conversation.id);
    this.opened.push(ticket);
  }

  /** The event somebody's act is; none where there is nothing to press. */
  act(step: Act, actor: Actor): void {
    const at = new Date(Date.UTC(2026, 10, 22, 6, this.#events.length)).toISOString();
    const { turn } = this.conversation;
    const shared = { actor, at };
    switch (step.kind) {
      case 'button':
        this.#press(this.#button(step.back), this.#whole, shared);
        return;
      case 'newest':
        this.#press(this.#newest(step.choice), this.#whole, shared);
        return;
      case 'form':
        this.#press(this.#newest('fill'), step.values, shared);
        return;
      case 'press':
        this.happen({ kind: 'chose', turn: turn - step.back, step: step.step, choice: step.choice, ...shared });
        return;
      case 'text':
        this.happen({ kind: 'wrote', text: step.text, secretsRemoved: 0, ...shared });
        return;
      case 'note':
        this.happen({ kind: 'filled', turn, step: handoffStep, values: { [noteField]: step.text }, ...shared });
        return;
      case 'news': {
        const about = this.opened.at(-1 - step.back);
        const actor: Actor = { id: 'desk:microsoft', role: 'user' };
        if (about !== undefined)
          this.happen({ kind: 'heard', generation: generationOf(about.reference), news: step.news, actor, at });
        return;
      }
      case 'fate': {
        const answer = this.answers.at(-1 - step.back);
        const news = {
          kind: 'answer',
          fate: step.fate,
          desk: 'microsoft',
          answeredAt: answer?.createdAt ?? at,
        } as const;
        const generation = generationOf(answer?.ticket ?? '');
        if (answer !== undefined)
          this.happen({ kind: 'heard', generation, news, actor: { id: 'desk:microsoft', role: 'user' }, at });
        return;
      }
      case 'resume':
        this.happen({ kind: 'resumed', ...shared });
        return;
      default:
        step satisfies never;
    }
  }

  /** Presses a button; one that opens a form of the ticket has it filled and sent. */
  #press(
    button: string | undefined,
    said: Readonly<Record<string, string>>,
    shared: { readonly actor: Actor; readonly at: string },
  ): void {
    const address = readAddress(button ?? '');
    if (address === undefined) return;
    const { turn, step, choice } = address;
    const form = choice === 'note' ? undefined : presentHandoffForm(knowledge, this.conversation, address);
    if (form === undefined) this.happen({ kind: 'chose', turn, step, choice, ...shared });
    else {
      const values = Object.fromEntries(form.fields.map(({ id }) => [id, said[id] ?? said.any ?? notKnown]));
      this.happen({ kind: 'filled', turn, step, values, ...shared });
    }
  }

  #button(back: number): string | undefined {
    const buttons = this.#buttons();
    return buttons[back % Math.max(1, buttons.length)];
  }

  #newest(choice: string): string | undefined {
    return this.#buttons().find((address) => readAddress(address)?.choice === choice);
  }

  #buttons(): readonly string[] {
    return this.#shown
      .toReversed()
      .flatMap(({ choices = [], actions = [] }) => [...choices, ...actions].map(({ address }) => address));
  }
}

const cases = Object.values(completeCases).map(({ conversation, details }) => ({
  conversation,
  whole: Object.fromEntries(Object.entries(details).map(([field, { value }]) => [field, value ?? notKnown])),
}));
const beginning = fc.record({
  item: fc.constantFrom(...cases),
  locale: fc.constantFrom<Locale>(...locales),
  agentChannel: fc.constantFrom('C9', null),
  filled: fc.boolean(),
});

describe('whatever people press, fill in and write, and a desk tells, about a ticket', () => {
  test('nothing throws, all fits every platform, and no ticket leaves but once and as it was shown and agreed to', {
    timeout: 60_000,
  }, () => {
    let opened = 0;
    let answered = 0;
    fc.assert(
      fc.property(beginning, acts, ({ item: { conversation, whole }, locale, agentChannel, filled }, sequence) => {
        const run = new Run({ ...conversation, locale }, whole, agentChannel);
        const shared = { turn: 1, actor: requester, at: '2026-11-22T05:30:00.000Z' };
        run.happen({ kind: 'chose', step: 'nav', choice: 'person', ...shared });
        if (filled) run.happen({ kind: 'filled', step: handoffStep, values: whole, ...shared });
        for (const [step, actor] of sequence) run.act(step, actors[actor] ?? requester);
        opened += run.opened.length;
        answered += run.answers.length;
      }),
      { numRuns: 150 },
    );
    expect(opened, 'tickets that were sent over all runs').toBeGreaterThan(10);
    expect(answered, 'answers that were sent over all runs').toBeGreaterThan(3);
  });
});
