import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { type Actor, type Event, systemActor } from '../../src/conversation/event.ts';
import type { Backing } from '../../src/handoff/case-decision.ts';
import type { CaseEffect } from '../../src/handoff/handoff-effect.ts';
import { Route } from '../../src/handoff/routes.ts';
import { type HandoffSettings, noDesks } from '../../src/handoff/settings.ts';
import { takeCaseTurn } from '../../src/handoff/take-case-turn.ts';
import { presentEffect } from '../../src/message/present-effect.ts';
import { locales } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { conversationOf, knowledge, makLimit } from '../support/cases.ts';
import { faultsOf } from '../support/message-faults.ts';

const requester: Actor = { id: 'U1', role: 'user' };
const agent: Actor = { id: 'A1', role: 'agent' };
const otherAgent: Actor = { id: 'A2', role: 'agent' };
const lead: Actor = { id: 'L1', role: 'lead' };
const stranger: Actor = { id: 'U2', role: 'user' };

const settings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: {},
  hours: {},
  agentHours: {},
  desks: { microsoft: { name: 'Example Desk', country: 'JP', language: 'ja' } },
  routes: [Route.parse({ when: { desk: ['vl-support'] }, to: 'microsoft' })],
};

/** A conversation, and what the last event brought. */
class Play {
  conversation: Conversation;
  effects: readonly CaseEffect[] = [];
  refusal: string | undefined;
  readonly #backing: Omit<Backing, 'events'>;
  readonly #events: Event[] = [];

  constructor(conversation: Conversation, backing: Partial<Backing> = {}) {
    this.conversation = conversation;
    this.#backing = { settings, agentChannel: null, ...backing };
  }

  take(event: Event): this {
    this.#events.push(event);
    const first = takeCaseTurn(knowledge, this.conversation, event);
    const decision =
      first.kind === 'needs-backing'
        ? takeCaseTurn(knowledge, this.conversation, event, { ...this.#backing, events: this.#events })
        : first;
    this.refusal = decision.kind === 'refused' ? decision.refusal : undefined;
    this.effects = decision.kind === 'turn' ? decision.effects : [];
    if (decision.kind === 'turn') {
      expect(decision.conversation.turn).toBe(this.conversation.turn + 1);
      this.conversation = decision.conversation;
    }
    for (const effect of this.effects) this.#read(effect);
    return this;
  }

  press(step: string, choice: string, actor = requester, turn = this.conversation.turn): this {
    return this.take({ kind: 'chose', turn, step, choice, actor, at: this.#at() });
  }

  fill(step: string, values: Readonly<Record<string, string>>, actor = requester): this {
    return this.take({ kind: 'filled', turn: this.conversation.turn, step, values, actor, at: this.#at() });
  }

  write(text: string, actor = requester): this {
    return this.take({ kind: 'wrote', text, secretsRemoved: 0, actor, at: this.#at() });
  }

  kinds(): readonly string[] {
    return this.effects.map(({ kind }) => kind);
  }

  effect<Kind extends CaseEffect['kind']>(kind: Kind): Extract<CaseEffect, { kind: Kind }> {
    const found = this.effects.find((effect): effect is Extract<CaseEffect, { kind: Kind }> => effect.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} among ${this.kinds().join(', ')}`);
    return found;
  }

  #at(): string {
    return new Date(Date.parse(makLimit.at) + this.conversation.turn * 60_000).toISOString();
  }

  /** Whatever is shown fits every platform, in both languages. */
  #read(effect: CaseEffect): void {
    for (const locale of locales) {
      const message = presentEffect(knowledge, { ...this.conversation, locale }, effect, 'Asia/Tokyo');
      if (message !== undefined) expect(faultsOf(message), effect.kind).toEqual([]);
    }
  }
}

const values = Object.fromEntries(
  Object.entries(makLimit.details).map(([field, { value }]) => [field, value ?? 'unknown, lost']),
);
const evaluation = () => conversationOf('activation', { 'error-code': '0xC004FC07', 'key-channel': 'evaluation' });
const begun = (backing: Partial<Backing> = {}) => new Play(makLimit.conversation, backing).press('nav', 'person');

describe('asking for a person', () => {
  test('gives the case to copy where no desk can be reached', () => {
    expect(begun({ settings: noDesks }).kinds()).toEqual(['hand-over']);
    const routes = [Route.parse({ when: { desk: ['oem'] }, to: 'microsoft' })];
    expect(begun({ settings: { ...settings, routes } }).kinds()).toEqual(['hand-over']);
  });

  test('asks for what the ticket lacks where one can, and not for what is known', () => {
    const play = begun();
    expect(play.kinds()).toEqual(['ask-details']);
    expect(play.effect('ask-details').missing).not.toContain('installed-version');
  });

  test('shows a guest nothing of a contract', () => {
    const guest: Actor = { ...requester, guest: true };
    const play = new Play(makLimit.conversation).press('nav', 'person', guest);
    expect(play.kinds()).toEqual(['hand-over']);
    expect(begun().press('handoff', 'fill', guest).refusal).toBe('no-guests');
  });

  test('asks the questions of the flows one by one, and then shows the ticket', () => {
    const bare = conversationOf('activation', { 'error-code': '0xC004C020', 'key-channel': 'mak' });
    const play = new Play(bare).press('nav', 'person').fill('handoff', values);
    expect(play.effect('ask').questions).toEqual(['installed-version']);
    play.press('installed-version', '2019');
    expect(play.kinds()).toEqual(['settle', 'ask']);
    play.write('Standard');
    expect(play.kinds()).toEqual(['settle', 'show-ticket', 'ask-consent']);
    expect(play.effect('show-ticket').ticket.body).toContain('Windows Server 2019 Standard');
  });

  test('takes “I don’t know” for such a question, and says so in the ticket', () => {
    const bare = conversationOf('activation', {
      'error-code': '0xC004C020',
      'key-channel': 'mak',
      'installed-version': '2019',
    });
    const play = new Play(bare).press('nav', 'person').fill('handoff', values).press('installed-edition', 'unsure');
    expect(play.effect('show-ticket').ticket.body).toMatch(/不明な点.*エディション/);
  });

  test('leaves a ticket that waits for details alone while something else is answered', () => {
    const play = begun().press('nav', 'summary');
    expect(play.kinds()).toEqual(['summarise']);
    expect(play.conversation.handoff?.stage).toBe('gathering');
  });
});

describe('a fix that comes first', () => {
  test('is where the diagnosis goes on', () => {
    const toReseller = { ...settings, routes: [Route.parse({ to: 'microsoft' })] };
    const play = new Play(evaluation(), { settings: toReseller }).press('nav', 'person');
    expect(play.effect('fix-first').preflight).toMatchObject({ reason: 'expired-evaluation' });
    play.press('handoff', 'continue');
    expect(play.kinds()).toEqual(['settle-prompt', 'ask']);
    expect(play.conversation.round.flow).toBe('evaluation');
    expect(play.press('handoff', 'anyway').refusal).toBe('not-yours');
    expect(play.press('handoff', 'anyway', lead).kinds()).toContain('ask-details');
  });
});

describe('a ticket', () => {
  const previewed = (backing: Partial<Backing> = {}) => begun(backing).fill('handoff', values);

  test('leaves with the text, the answers and the outputs of the conversation', () => {
    const output = ['Name: Windows(R), ServerStandard edition', 'License Status: Notification'].join('\n');
    const play = new Play(makLimit.conversation)
      .write(output)
      .press('nav', 'person')
      .fill('handoff', values)
      .press('handoff', 'send');
    expect(play.kinds()).toEqual(['settle-prompt', 'open-ticket', 'card']);
    const { files } = play.effect('open-ticket').ticket;
    expect(files.map(({ name }) => name)).toEqual(['case-file.json', 'output-1.txt', 'transcript.md']);
    expect(files[1]?.text).toBe(output);
  });

  test('is sent by the newest preview alone', () => {
    const play = previewed();
    const { turn } = play.conversation;
    play.press('handoff', 'edit').press('handoff-field', 'agreement').fill('handoff-field', { agreement: 'V7654321' });
    expect(play.press('handoff', 'send', requester, turn).kinds()).toEqual(['show-ticket', 'ask-consent']);
    expect(play.press('handoff', 'send', requester, turn).kinds()).not.toContain('open-ticket');
    expect(play.press('handoff', 'send').kinds()).toContain('open-ticket');
  });

  test('is shown again in another language, and agreed to in it', () => {
    const play = previewed();
    const { turn } = play.conversation;
    expect(play.write('日本語').kinds()).toEqual(['show-ticket', 'ask-consent']);
    expect(play.press('handoff', 'send', requester, turn).kinds()).toEqual(['show-ticket', 'ask-consent']);
    const shown = play.effect('show-ticket').ticket.files.at(-1);
    expect(play.press('handoff', 'send').effect('open-ticket').ticket.files.at(-1)).toEqual(shown);
    expect(begun().write('日本語').kinds()).toEqual(['ask-details']);
  });

  test('is changed no more once it is under way', () => {
    const play = previewed().press('handoff', 'send');
    expect(play.press('handoff', 'edit').kinds()).toEqual(['card']);
    expect(play.press('handoff-field', 'agreement').kinds()).toEqual(['card']);
    expect(play.fill('handoff', { agreement: 'V7654321' }).kinds()).toEqual(['card']);
    expect(play.press('handoff', 'send').kinds()).toEqual(['card']);
    expect(play.press('nav', 'person').kinds()).toEqual(['card']);
  });

  test('is nobody else’s, and no button that never was does anything', () => {
    const play = previewed();
    expect(play.press('handoff', 'send', stranger).refusal).toBe('not-yours');
    expect(play.press('handoff', 'constructor').refusal).toBe('unknown-step');
    expect(play.press('handoff-field', 'constructor').refusal).toBe('unknown-step');
    expect(new Play(makLimit.conversation).press('handoff', 'send').refusal).toBe('unknown-step');
  });

  test('goes without the transcript the requester keeps out: nobody else brings it back', () => {
    const play = previewed().press('handoff', 'leave-out');
    expect(play.press('handoff', 'take-along', agent).refusal).toBe('not-yours');
    expect(play.conversation.handoff?.withoutTranscript).toBe(true);
  });

  test('that could not be delivered is given to copy', () => {
    const play = previewed().press('handoff', 'send');
    play.take({ kind: 'heard', generation: 1, news: { kind: 'dead' }, actor: requester, at: makLimit.at });
    expect(play.kinds()).toEqual(['card', 'card', 'copy-ticket']);
    expect(play.effect('copy-ticket').ticket.locale).toBe('en');
  });

  test('that is changed and sent again after it could not be delivered is another, of which news is told', () => {
    const play = previewed().press('handoff', 'send');
    const { reference } = play.effect('open-ticket').ticket;
    play.take({ kind: 'heard', generation: 1, news: { kind: 'dead' }, actor: requester, at: makLimit.at });
    expect(play.press('handoff', 'cancel').conversation.handoff?.stage).toBe('dead');
    play.press('handoff-field', 'agreement').fill('handoff-field', { agreement: 'V7654321' }).press('handoff', 'send');
    expect(play.effect('open-ticket').ticket.reference).toBe(reference.replace(/:1$/, ':2'));
    play.take({ kind: 'heard', generation: 2, news: { kind: 'dead' }, actor: requester, at: makLimit.at });
    expect(play.conversation.handoff?.stage).toBe('dead');
  });
});

describe('the help desk', () => {
  const called = () => begun({ settings: noDesks, agentChannel: 'C9' });

  test('is told when a person is asked for, and the requester knows', () => {
    const play = called();
    expect(play.kinds()).toEqual(['called', 'call', 'hand-over']);
    expect(play.effect('call')).toMatchObject({ channel: 'C9', claim: null, anew: true });
    expect(play.press('nav', 'person').effect('call').anew).toBe(false);
  });

  test('has it when the first takes it; a second does not, a lead may', () => {
    const play = called().press('handoff', 'claim', agent);
    expect(play.kinds()).toEqual(['claimed', 'admit', 'watch', 'call']);
    expect(play.conversation.claim).toMatchObject({ by: 'A1' });
    expect(play.press('handoff', 'claim', otherAgent).refusal).toBe('already-claimed');
    expect(play.press('handoff', 'release', otherAgent).refusal).toBe('already-claimed');
    expect(play.press('handoff', 'claim', requester).refusal).toBe('not-yours');
    expect(play.press('handoff', 'claim', lead).conversation.claim).toMatchObject({ by: 'L1' });
  });

  test('is alone with the requester while somebody has it: the bot answers no text, and presses still count', () => {
    const play = called().press('handoff', 'claim', agent);
    expect(play.write('0xC004F074').kinds()).toEqual(['aside']);
    expect(play.write('we look at it', agent).kinds()).toEqual([]);
    expect(play.write(' ').kinds()).toEqual([]);
    expect(play.write('back').kinds()).toEqual(['aside']);
    expect(play.press('nav', 'summary').kinds()).toEqual(['summarise']);
    play.press('handoff', 'release', agent);
    expect(play.kinds()).toEqual(['released', 'call']);
    expect(play.write('0xC004F074').kinds()).toEqual(['answer']);
  });

  test('warns of a secret also while somebody has it', () => {
    const play = called().press('handoff', 'claim', agent);
    play.take({ kind: 'wrote', text: '[KEY …6789B]', secretsRemoved: 1, actor: requester, at: makLimit.at });
    expect(play.kinds()).toEqual(['acknowledge', 'aside']);
  });

  test('and the requester write to each other by a form', () => {
    const play = called().fill('handoff', { note: 'Which server is it?' }, agent);
    expect(play.kinds()).toEqual(['note']);
    expect(play.effect('note')).toMatchObject({ by: 'A1', text: 'Which server is it?' });
    expect(play.fill('handoff', { note: 'srv-01' }).kinds()).toEqual(['note', 'aside']);
    expect(play.fill('handoff', { note: 'spam' }, stranger).refusal).toBe('not-yours');
  });

  /** Four hours after the turn before, unless it is said when. */
  const silence = (play: Play, claim: string, hours = 4) => {
    const at = new Date(Date.parse(play.conversation.lastAt) + hours * 60 * 60_000).toISOString();
    return play.take({ kind: 'fell-silent', claim, actor: systemActor, at });
  };

  test('that says nothing for four hours is asked again, and the bot answers', () => {
    const play = called().press('handoff', 'claim', agent);
    const { claim } = play.conversation;
    expect(play.effect('watch')).toMatchObject({ claim: claim?.at });
    silence(play, claim?.at ?? '');
    expect(play.kinds()).toEqual(['lapsed', 'called', 'call', 'call']);
    expect(play.effects.slice(2)).toMatchObject([
      { over: 'moved', anew: false, asks: false },
      { over: null, anew: true, asks: true, claim: null, lapsed: { by: 'A1', hours: 4 } },
    ]);
    expect(play.conversation.claim).toBeNull();
    expect(play.write('0xC004F074').kinds()).toEqual(['answer']);
  });

  test('keeps it while anything is written, by either, in words or in the form', () => {
    for (const speak of [
      (play: Play) => play.write('we look at it', agent),
      (play: Play) => play.write('thanks'),
      (play: Play) => play.fill('handoff', { note: 'still at it' }, agent),
    ]) {
      const play = called().press('handoff', 'claim', agent);
      const taken = play.conversation.claim?.at ?? '';
      speak(play);
      expect(silence(play, taken, 3.9).kinds()).toEqual([]);
      expect(play.conversation.claim).toMatchObject({ by: 'A1', wordAt: play.conversation.lastAt });
      expect(silence(play, taken).kinds()).toContain('lapsed');
    }
  });

  test('keeps it also by words the bot cannot read, of which it notes one in ten minutes', () => {
    const play = called().press('handoff', 'claim', agent);
    const taken = play.conversation.claim?.at ?? '';
    const speak = (minutes: number, actor = agent) =>
      play.take({ kind: 'spoke', actor, at: new Date(Date.parse(taken) + minutes * 60_000).toISOString() });
    speak(9).take({ kind: 'spoke', actor: stranger, at: '2027-01-01T00:00:00.000Z' });
    expect(play.conversation.claim?.wordAt).toBeNull();
    speak(11);
    expect(play.kinds()).toEqual([]);
    expect(play.conversation.claim?.wordAt).toBe(play.conversation.lastAt);
    const { turn } = speak(12).conversation;
    expect(speak(30, requester).conversation.turn).toBe(turn + 1);
    play.press('handoff', 'release', agent);
    expect(speak(500).conversation.turn).toBe(turn + 2);
  });

  test('loses nothing by a look at a claim that is over, or at one before', () => {
    const play = called().press('handoff', 'claim', agent);
    const first = play.conversation.claim?.at ?? '';
    play.press('handoff', 'release', agent);
    expect(silence(play, first, 40).kinds()).toEqual([]);
    play.write('still there?').press('handoff', 'claim', lead);
    expect(silence(play, first, 40).kinds()).toEqual([]);
    expect(play.conversation.claim).toMatchObject({ by: 'L1' });
    silence(play, play.conversation.claim?.at ?? '');
    expect(silence(play, first, 40).kinds()).toEqual([]);
  });

  test('is not asked again without a channel of theirs, and the bot answers all the same', () => {
    const play = called().press('handoff', 'claim', agent);
    const alone = new Play(play.conversation, { settings: noDesks, agentChannel: null });
    expect(silence(alone, play.conversation.claim?.at ?? '').kinds()).toEqual(['lapsed']);
  });

  test('has both edges in the transcript of the ticket, and who made them', () => {
    const play = begun({ agentChannel: 'C9' }).fill('handoff', values);
    play.press('handoff', 'claim', agent).press('handoff', 'release', agent).press('handoff', 'release', agent);
    play.press('handoff', 'claim', agent);
    silence(play, play.conversation.claim?.at ?? '').press('handoff', 'continue');
    const transcript = play.effect('show-ticket').ticket.files.find(({ name }) => name === 'transcript.md')?.text ?? '';
    const { 'took-over': took, 'gave-back': gave, 'went-back': went } = knowledge.texts.en.tickets.states;
    const edges = [took, gave, took, went].map((sentence) => spansToText(fill(sentence)));
    expect(transcript.split('\n').filter((line) => edges.includes(line))).toEqual(edges);
    expect(transcript.match(/^\*\*[^*]+/gm)?.slice(-4)).toEqual(['**担当者', '**担当者', '**担当者', '**Licence Desk']);
  });

  const unheard = (play: Play) => play.take({ kind: 'went-unheard', actor: systemActor, at: makLimit.at });

  test('that could not be asked: the requester hears it, and has the case above to copy', () => {
    const play = unheard(called());
    expect(play.effects).toMatchObject([{ kind: 'unheard', goesOn: 'copied' }]);
    expect(play.press('nav', 'back').conversation.person).toBeNull();
  });

  test('that could not be asked after all: the case to copy is given again', () => {
    const play = unheard(called().press('nav', 'summary'));
    expect(play.effects).toMatchObject([{ kind: 'unheard', goesOn: 'copy' }, { kind: 'hand-over' }]);
  });

  test('that could not be asked leaves the ticket as it is', () => {
    const play = unheard(begun({ agentChannel: 'C9' }));
    expect(play.effects).toMatchObject([{ kind: 'unheard', goesOn: 'ticket' }]);
    expect(play.press('handoff', 'continue').kinds()).toEqual(['ask-details']);
    play.fill('handoff', values).press('handoff', 'send');
    expect(unheard(play).effects).toMatchObject([{ kind: 'unheard', goesOn: 'sent' }]);
  });

  test('that has it, or is not asked any more, was heard', () => {
    expect(unheard(called().press('handoff', 'claim', agent)).kinds()).toEqual([]);
    expect(unheard(called().press('nav', 'back')).kinds()).toEqual([]);
  });

  test('sees where the ticket stands, and that it is solved', () => {
    const play = begun({ agentChannel: 'C9' }).fill('handoff', values);
    expect(play.effect('call').card?.handoff.stage).toBe('preview');
    expect(play.press('handoff', 'send').effect('call').card?.handoff.stage).toBe('queued');
    const outcome = new Play(
      conversationOf('activation', {
        'error-code': '0xC004C020',
        'azure-vm': 'no',
        'key-channel': 'mak',
      }),
      { settings: noDesks, agentChannel: 'C9' },
    );
    for (let turn = 0; turn < 12 && !outcome.kinds().includes('conclude'); turn += 1) {
      const asked = outcome.press('nav', 'stand').effects.find(({ kind }) => kind === 'ask');
      if (asked?.kind !== 'ask') break;
      outcome.press(asked.step, 'unsure');
    }
    outcome.press('nav', 'person').press('round', 'fixed');
    expect(outcome.kinds()).toEqual(['say', 'close', 'call']);
    expect(outcome.effect('call').over).toBe('solved');
  });
});
