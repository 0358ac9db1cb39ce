import { describe, expect, test } from 'vitest';
import { HandoffState } from '../../src/conversation/handoff-state.ts';
import { Route } from '../../src/handoff/routes.ts';
import { sealTicket } from '../../src/handoff/seal.ts';
import type { HandoffSettings } from '../../src/handoff/settings.ts';
import {
  type HandoffContext,
  type HandoffInput,
  type HandoffTurn,
  takeHandoffTurn,
} from '../../src/handoff/take-handoff-turn.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentHandoff } from '../../src/message/present-handoff.ts';
import { presentDetailProblems, presentHandoffForm } from '../../src/message/present-handoff-form.ts';
import { locales } from '../../src/text/locale.ts';
import { conversationOf, knowledge, makLimit } from '../support/cases.ts';

const settings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: { customer: 'Contoso K.K.', 'contact-hours': '9-18' },
  hours: {},
  agentHours: {},
  desks: { microsoft: { name: 'Example Desk', country: 'JP', language: 'ja' } },
  routes: [Route.parse({ when: { desk: ['vl-support', 'reseller'] }, to: 'microsoft' })],
};
const context: HandoffContext = {
  knowledge,
  settings,
  conversation: makLimit.conversation,
  outputs: makLimit.outputs,
  transcript: makLimit.transcript,
  actor: { id: 'U1', role: 'user' },
  at: '2026-11-22T05:40:00.000Z',
};
const typed = Object.fromEntries(
  Object.entries(makLimit.details).map(([field, { value }]) => [field, value ?? 'unknown, lost']),
);

const addressOf = (step: string, choice: string) => ({ conversation: context.conversation.id, turn: 2, step, choice });

type Turned = Extract<HandoffTurn, { kind: 'turn' }>;

/** Takes the inputs one after the other and gives the last turn. */
function go(inputs: readonly HandoffInput[], from: HandoffContext = context): Turned {
  let handoff: HandoffState | null = null;
  let last: HandoffTurn | undefined;
  for (const input of inputs) {
    last = takeHandoffTurn(from, handoff, input);
    if (last.kind !== 'turn') throw new Error(`${input.kind} came to ${last.kind}`);
    handoff = HandoffState.parse(JSON.parse(JSON.stringify(last.handoff)));
  }
  if (last?.kind !== 'turn') throw new Error('nothing was taken');
  return last;
}

const asked: HandoffInput = { kind: 'asked', desk: 'vl-support' };
const filled: HandoffInput = { kind: 'filled', values: typed };
const ticketOf = ({ effects }: Turned): Ticket | undefined =>
  effects.flatMap((effect) => ('ticket' in effect ? [effect.ticket] : []))[0];
const kinds = ({ effects }: Turned) => effects.map(({ kind }) => kind);

describe('a handoff', () => {
  test('asks what is missing, without what is configured', () => {
    const turn = go([asked]);
    expect(kinds(turn)).toEqual(['ask-details']);
    expect(JSON.stringify(turn.effects)).not.toContain('"missing":["customer"');
    expect(turn.handoff.details.customer).toMatchObject({ value: 'Contoso K.K.', origin: 'configured' });
  });

  test('shows the whole ticket before anything leaves', () => {
    const turn = go([asked, filled]);
    expect(kinds(turn)).toEqual(['show-ticket', 'ask-consent']);
    expect(turn.handoff).toMatchObject({ stage: 'preview', to: 'microsoft', consent: null });
  });

  test('sends exactly what was shown, with the consent to it', () => {
    const shown = go([asked, filled]);
    const sent = takeHandoffTurn(
      {
        ...context,
        at: '2026-11-22T06:40:00.000Z',
        transcript: [...context.transcript, { at: '2026-11-22T06:00:00.000Z', speaker: 'helper', text: 'said later' }],
      },
      shown.handoff,
      { kind: 'agreed' },
    ) as Turned;
    expect(kinds(sent)).toEqual(['open-ticket', 'card']);
    const [preview, ticket] = [ticketOf(shown), ticketOf(sent)];
    expect({ ...ticket, files: ticket?.files.slice(1) }).toEqual({ ...preview, files: preview?.files.slice(1) });
    expect(sent.handoff.consent).toMatchObject({
      by: 'U1',
      at: '2026-11-22T06:40:00.000Z',
      recipient: { name: 'Example Desk', country: 'JP' },
    });
    expect(ticket?.files[0]?.text).toContain('"by": "U1"');
  });

  test('leaves the transcript out where the person wants it, says so, and takes it along again', () => {
    const shown = go([asked, filled]);
    const left = go([asked, filled, { kind: 'transcript', stays: true }]);
    expect(kinds(left)).toEqual(['show-ticket', 'ask-consent']);
    expect(left.handoff.shown).not.toBe(shown.handoff.shown);
    const names = (turn: Turned) => ticketOf(turn)?.files.map(({ name }) => name);
    expect(names(left)).toEqual(names(shown)?.filter((name) => name !== 'transcript.md'));
    expect(ticketOf(left)?.body).toContain('会話の記録は依頼者の希望により添付していません');
    expect(ticketOf(left)?.files[0]?.text).toContain('"leftOut": [\n    "transcript"\n  ]');
    expect(JSON.stringify(ticketOf(left))).not.toContain(makLimit.transcript[0]?.text);
    const sent = takeHandoffTurn(context, left.handoff, { kind: 'agreed' }) as Turned;
    expect(kinds(sent)).toEqual(['open-ticket', 'card']);
    expect(names(sent)).toEqual(names(left));
    expect(sent.handoff.consent?.text).toContain('without the transcript');
    const back = go([asked, filled, { kind: 'transcript', stays: true }, { kind: 'transcript', stays: false }]);
    expect(ticketOf(back)).toEqual(ticketOf(shown));
    expect(back.handoff.shown).toBe(shown.handoff.shown);
  });

  test('offers one of both, to leave the transcript out or to take it along', () => {
    const buttons = (...inputs: readonly HandoffInput[]) =>
      go([asked, filled, ...inputs]).effects.flatMap((effect) => {
        const message = presentHandoff(knowledge, context.conversation, effect, 'Asia/Tokyo');
        return (message?.choices ?? []).map(({ label }) => label);
      });
    const { 'leave-out': leave, 'take-along': take } = knowledge.texts.en.tickets.buttons;
    expect(buttons()).toContain(leave);
    expect(buttons()).not.toContain(take);
    expect(buttons({ kind: 'transcript', stays: true })).toContain(take);
    expect(buttons({ kind: 'transcript', stays: true })).not.toContain(leave);
  });

  test('keeps the transcript out of the ticket after one that could not be delivered', () => {
    const consent = { by: 'U1', at: '2026-11-22T05:50:00.000Z', text: 't', recipient: { name: 'n', country: 'JP' } };
    const dead: HandoffState = { ...go([asked, filled]).handoff, consent, stage: 'dead' };
    const turn = takeHandoffTurn(context, dead, { kind: 'transcript', stays: true });
    expect(turn).toMatchObject({ kind: 'turn', handoff: { withoutTranscript: true } });
  });

  test('shows the ticket again where the case changed after the preview', () => {
    const shown = go([asked, filled]);
    const later = {
      ...context.conversation,
      facts: context.conversation.facts.map((fact) => ({ ...fact, at: '2026-11-22T05:50:00.000Z' })),
    };
    const turn = takeHandoffTurn({ ...context, conversation: later, at: '2026-11-22T05:55:00.000Z' }, shown.handoff, {
      kind: 'agreed',
    }) as Turned;
    expect(kinds(turn)).toEqual(['show-ticket', 'ask-consent']);
  });

  test('shows the ticket again where the desk or the words have changed since', () => {
    const shown = go([asked, filled]);
    const other = { name: 'Other Company', country: 'US', language: 'en' } as const;
    const changed = { ...context, settings: { ...settings, desks: { microsoft: other } } };
    expect(kinds(takeHandoffTurn(changed, shown.handoff, { kind: 'agreed' }) as Turned)).toEqual([
      'show-ticket',
      'ask-consent',
    ]);
    const gone = { ...context, settings: { ...settings, desks: {} } };
    expect(kinds(takeHandoffTurn(gone, shown.handoff, { kind: 'agreed' }) as Turned)).toEqual(['copy-ticket']);
  });

  test('shows every file whole that would go along', () => {
    const files = go([asked, filled, { kind: 'looked' }]).effects;
    const ticket = ticketOf(go([asked, filled]));
    expect(files.map((effect) => effect.kind === 'show-file' && effect.file.name)).toEqual(
      ticket?.files.map(({ name }) => name),
    );
  });

  test('asks a lead too for what the desk needs: past a fix is not past the gate', () => {
    const lead = { ...context, actor: { id: 'L1', role: 'lead' } as const };
    expect(kinds(go([asked, { kind: 'overridden' }], lead))).toEqual(['ask-details']);
  });

  test('takes a typed “password:” for no reason to stop', () => {
    const words = { ...typed, impact: 'We cannot log in, it asks for a password:' };
    const sent = go([asked, { kind: 'filled', values: words }, { kind: 'agreed' }]);
    expect(kinds(sent)).toEqual(['open-ticket', 'card']);
    expect(sealTicket(ticketOf(sent) ?? fail())).toEqual({ kind: 'sealed' });
  });

  test('sends nothing without a preview, and nothing a second time', () => {
    expect(takeHandoffTurn(context, go([asked]).handoff, { kind: 'agreed' })).toEqual({
      kind: 'refused',
      refusal: 'old-press',
    });
    const twice = go([asked, filled, { kind: 'agreed' }, { kind: 'agreed' }]);
    expect(kinds(twice)).toEqual(['card']);
    expect(kinds(go([asked, filled, { kind: 'agreed' }, asked]))).toEqual(['card']);
  });

  test('takes nothing that is wrong', () => {
    const values = { 'contact-email': 'x', ask: 'raise-mak' };
    expect(takeHandoffTurn(context, go([asked]).handoff, { kind: 'filled', values })).toEqual({
      kind: 'refused',
      refusal: 'old-press',
    });
  });

  test('shows the ticket anew where a field is said again after the preview', () => {
    const turn = go([asked, filled, { kind: 'filled', values: { agreement: 'V7654321' } }]);
    expect(kinds(turn)).toEqual(['show-ticket', 'ask-consent']);
    expect(ticketOf(turn)?.body).toContain('V7654321');
  });

  test('is the same case while nothing was sent, and may be another once the ticket’s round is over', () => {
    expect(go([asked, { kind: 'cancelled' }, asked]).handoff.generation).toBe(1);
    const created: HandoffInput = {
      kind: 'heard',
      generation: 1,
      news: { kind: 'created', ticket: { number: '48213', url: null } },
    };
    const done = go([asked, filled, { kind: 'agreed' }, created]);
    const over = { flow: 'activation', code: null, outcome: null, result: 'still-failing' as const };
    const later: HandoffContext = {
      ...context,
      conversation: {
        ...context.conversation,
        closedRounds: [{ ...over, closedAt: '2026-11-22T07:00:00.000Z' }],
        round: { flow: 'activation', since: 5 },
        facts: context.conversation.facts.map((fact) => ({ ...fact, turn: 5 })),
      },
    };
    const { handoff } = takeHandoffTurn(later, done.handoff, asked) as Turned;
    expect(handoff).toMatchObject({ generation: 2, stage: 'gathering', consent: null });
    expect(handoff.details['contact-email']).toBeDefined();
    expect(handoff.details.ask).toBeUndefined();
  });

  test('gives the case to copy where no route fits, in the requester’s language', () => {
    const turn = go([asked, filled], { ...context, settings: { ...settings, routes: [] } });
    expect(kinds(turn)).toEqual(['copy-ticket']);
    expect(ticketOf(turn)?.locale).toBe('en');
  });

  test('sends to the fix first, unless a lead overrides', () => {
    const evaluation = { ...context, conversation: conversationOf('activation', { 'key-channel': 'evaluation' }) };
    const turn = go([asked], evaluation);
    expect(turn.effects[0]).toMatchObject({ kind: 'fix-first', mayOverride: false });
    expect(takeHandoffTurn(evaluation, turn.handoff, { kind: 'overridden' })).toEqual({
      kind: 'refused',
      refusal: 'not-yours',
    });
    const lead = takeHandoffTurn({ ...evaluation, actor: { id: 'L1', role: 'lead' } }, turn.handoff, {
      kind: 'overridden',
    }) as Turned;
    expect(lead.handoff).toMatchObject({ stage: 'gathering', overriddenBy: 'L1' });
  });

  test('tells what came of the ticket, and believes no news that is late', () => {
    const created: HandoffInput = {
      kind: 'heard',
      generation: 1,
      news: { kind: 'created', ticket: { number: '48213', url: 'https://desk.example/48213' } },
    };
    const sent: readonly HandoffInput[] = [asked, filled, { kind: 'agreed' }];
    expect(go([...sent, { kind: 'heard', generation: 1, news: { kind: 'delayed', tries: 3 } }]).handoff).toMatchObject({
      stage: 'delayed',
      tries: 3,
    });
    expect(
      go([...sent, created, { kind: 'heard', generation: 1, news: { kind: 'delayed', tries: 3 } }]).handoff.stage,
    ).toBe('created');
    expect(go([...sent, { kind: 'heard', generation: 0, news: { kind: 'dead' } }]).handoff.stage).toBe('queued');
  });

  test('begins anew, with what was said, after a dead end', () => {
    const turn = go([
      asked,
      filled,
      { kind: 'agreed' },
      { kind: 'heard', generation: 1, news: { kind: 'dead' } },
      asked,
    ]);
    expect(turn.handoff).toMatchObject({ generation: 2, stage: 'preview' });
    expect(ticketOf(turn)?.reference).toMatch(/:2$/);
  });
});

describe('what a person sees', () => {
  const inputs: readonly HandoffInput[] = [
    asked,
    filled,
    { kind: 'agreed' },
    { kind: 'heard', generation: 1, news: { kind: 'created', ticket: { number: '48213', url: null } } },
  ];
  const textOf = (turn: Turned, locale: 'en' | 'ja') =>
    turn.effects.flatMap((effect) => {
      const message = presentHandoff(knowledge, { ...context.conversation, locale }, effect, 'Asia/Tokyo');
      return message === undefined ? [] : [messageToText(message, (id) => id)];
    });

  test.each(locales)('leaves no placeholder open at any stage, in %s', (locale) => {
    for (let length = 1; length <= inputs.length; length += 1) {
      expect(textOf(go(inputs.slice(0, length)), locale).join('\n')).not.toMatch(/\{[a-z]+\}/i);
    }
    for (const news of [{ kind: 'delayed', tries: 3 }, { kind: 'held' }, { kind: 'dead' }] as const) {
      expect(
        textOf(go([...inputs.slice(0, 3), { kind: 'heard', generation: 1, news }]), locale).join('\n'),
      ).not.toMatch(/\{[a-z]+\}/i);
    }
  });

  test('holds the subject and body that will be sent, and the agreement', () => {
    const turn = go([asked, filled]);
    const text = textOf(turn, 'en').join('\n');
    const ticket = ticketOf(turn);
    expect(text).toContain(ticket?.subject);
    expect(text).toContain(ticket?.body);
    expect(text).toContain('Example Desk (JP)');
  });

  test('is a form of ten fields at most, with “I don’t know” among every choice', () => {
    const { handoff } = go([asked]);
    const form = presentHandoffForm(knowledge, { ...context.conversation, handoff }, addressOf('handoff', 'fill'));
    expect(form?.fields).toHaveLength(10);
    for (const field of form?.fields ?? [])
      if (field.kind === 'choice') expect(field.choices.map(({ id }) => id)).toContain('unsure');
  });

  test('is a form of one field, with what was said, where a field is to be said anew', () => {
    const { handoff } = go([asked, filled]);
    const conversation = { ...context.conversation, handoff };
    const form = presentHandoffForm(knowledge, conversation, addressOf('handoff-field', 'contact-email'));
    expect(form?.fields).toMatchObject([{ id: 'contact-email', value: typed['contact-email'] }]);
    expect(presentHandoffForm(knowledge, conversation, addressOf('handoff-field', 'constructor'))).toBeUndefined();
  });

  test('says of a wrong field what to write', () => {
    expect(presentDetailProblems(knowledge, 'en', { 'contact-email': 'needs-email' })).toEqual({
      'contact-email': expect.stringContaining('name@example.com'),
    });
  });
});

function fail(): never {
  throw new Error('there is no ticket');
}
