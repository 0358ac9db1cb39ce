import type { Conversation } from '../conversation/conversation.ts';
import { Draft } from '../conversation/draft.ts';
import type { Decision, Refusal } from '../conversation/effect.ts';
import type { ConversationEvent, Event } from '../conversation/event.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import { mayAnswer, takeTurn } from '../conversation/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import { type AgentChoice, agentChoices, callAgents, takeAgentPress, updateCall } from './agents.ts';
import { askQuestion, openQuestion } from './ask-question.ts';
import { caseNumber } from './case-number.ts';
import { evidenceOf } from './evidence.ts';
import type { CaseEffect, HandoffEffect } from './handoff-effect.ts';
import { preflight } from './preflight.ts';
import { canReach } from './routes.ts';
import type { HandoffSettings } from './settings.ts';
import { handoffFieldStep, handoffStep, noteField } from './steps.ts';
import { caseOf, type HandoffContext, type HandoffInput, isUnderWay, takeHandoffTurn } from './take-handoff-turn.ts';

/** What a turn that concerns a person is decided on, beside the conversation. */
export interface Backing {
  readonly settings: HandoffSettings;
  /** Where the help desk is told; null where there is no such place. */
  readonly agentChannel: string | null;
  /** The log of the conversation, oldest first. */
  readonly events: readonly Event[];
}

export type CaseDecision =
  | { readonly kind: 'turn'; readonly conversation: Conversation; readonly effects: readonly CaseEffect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The turn concerns a person: decide it again with a `Backing`. */
  | { readonly kind: 'needs-backing' };

type Turned = Extract<CaseDecision, { kind: 'turn' }>;
const refused = (refusal: Refusal): CaseDecision => ({ kind: 'refused', refusal });

/**
 * Decides an event, whether it concerns the diagnosis, a ticket or the help desk's people. Pure, as `takeTurn` is; what leads
 * to a person or a desk is decided only with a `backing`.
 */
export function takeCaseTurn(
  knowledge: Knowledge,
  before: Conversation | undefined,
  event: Event,
  backing?: Backing,
): CaseDecision {
  if (event.kind === 'heard') {
    if (before?.handoff == null) return refused('not-open');
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).hear(before, event);
  }
  if (isHandoffPress(event)) {
    if (before === undefined) return refused('not-open');
    if (!mayAnswer(before, event)) return refused('not-yours');
    if (event.actor.guest === true) return refused('no-guests');
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).press(before, event);
  }
  if (before?.claim != null && before.state === 'open' && event.kind === 'wrote') {
    if (!mayAnswer(before, event)) return refused('not-yours');
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).listen(before, event);
  }
  if (event.kind === 'resumed' && before?.handoff != null && isOpen(before.handoff)) {
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).resume(before);
  }
  const decision = takeTurn(knowledge, before, event);
  if (decision.kind === 'refused' || !concernsPerson(before, decision)) return decision;
  if (backing === undefined) return { kind: 'needs-backing' };
  return new CaseTurn(knowledge, event, backing).goOn(before, decision);
}

type Press = Extract<ConversationEvent, { kind: 'chose' | 'filled' }>;

function isHandoffPress(event: ConversationEvent): event is Press {
  return (
    (event.kind === 'chose' || event.kind === 'filled') &&
    (event.step === handoffStep || event.step === handoffFieldStep)
  );
}

function concernsPerson(before: Conversation | undefined, { effects }: Extract<Decision, { kind: 'turn' }>): boolean {
  return (
    effects.some(({ kind }) => kind === 'hand-over' || (kind === 'close' && before?.person != null)) ||
    (before?.handoff != null && isOpen(before.handoff))
  );
}

function isAgentChoice(choice: string): choice is AgentChoice {
  return agentChoices.some((each) => each === choice);
}

/** Whether a person has been asked something about the ticket and has not answered. */
function isOpen({ stage }: HandoffState): boolean {
  return stage === 'fix-first' || stage === 'gathering' || stage === 'preview';
}

/** Who takes the request for a person back takes back the ticket that began with it. */
function withdrawn(before: Conversation, turn: Turned): Turned {
  const { conversation, effects } = turn;
  const { handoff, person } = conversation;
  if (handoff === null || !isOpen(handoff) || person !== null || before.person === null) return turn;
  return { kind: 'turn', conversation: { ...conversation, handoff: { ...handoff, stage: 'cancelled' } }, effects };
}

/** One turn that concerns a person. Lives for one call of `takeCaseTurn`. */
class CaseTurn {
  readonly #knowledge: Knowledge;
  readonly #event: Event;
  readonly #backing: Backing;

  constructor(knowledge: Knowledge, event: Event, backing: Backing) {
    this.#knowledge = knowledge;
    this.#event = event;
    this.#backing = backing;
  }

  hear(before: Conversation, { generation, news }: Extract<Event, { kind: 'heard' }>): CaseDecision {
    const turn = this.#step(this.#next(before), { kind: 'heard', generation, news });
    return turn.kind === 'turn' ? this.#withCall(before, turn) : turn;
  }

  resume(before: Conversation): CaseDecision {
    return this.#step(this.#next(before), { kind: 'continued' });
  }

  /** While a person has the conversation the bot listens: nothing is answered, and nothing is lost. */
  listen(before: Conversation, { text, actor, secretsRemoved }: Extract<Event, { kind: 'wrote' }>): CaseDecision {
    const { agentChannel } = this.#backing;
    const aside: readonly CaseEffect[] =
      agentChannel === null || actor.role !== 'user' || text.trim() === ''
        ? []
        : [{ kind: 'aside', channel: agentChannel, number: caseNumber(before.id), by: actor.id, text }];
    const warning: readonly CaseEffect[] =
      secretsRemoved > 0 ? [{ kind: 'acknowledge', read: [], secretsRemoved }] : [];
    return { kind: 'turn', conversation: this.#next(before), effects: [...warning, ...aside] };
  }

  press(before: Conversation, event: Press): CaseDecision {
    const next = this.#next(before);
    if (event.step === handoffFieldStep && event.kind === 'chose') {
      const { choice: field } = event;
      const isField = this.#knowledge.tickets.fields.some(({ id }) => id === field);
      return isField ? this.#anew(next, (handoff) => ({ kind: 'ask-field', field, handoff })) : refused('unknown-step');
    }
    if (event.kind === 'filled' && event.values[noteField] === undefined)
      return this.#settling(before, event, 'fill', this.#step(next, { kind: 'filled', values: event.values }));
    const choice = event.kind === 'filled' ? 'note' : event.choice;
    if (isAgentChoice(choice)) {
      const turn = takeAgentPress(next, event, choice, this.#backing.agentChannel);
      return turn.kind === 'turn' ? this.#withCall(before, turn) : turn;
    }
    switch (choice) {
      case 'send':
        // Only the newest preview shows what would be sent.
        return this.#settling(
          before,
          event,
          choice,
          this.#step(next, { kind: event.turn === before.asked[handoffStep] ? 'agreed' : 'continued' }),
        );
      case 'continue':
        return this.#settling(before, event, choice, this.#continue(before, next));
      case 'anyway':
        return this.#settling(before, event, choice, this.#step(next, { kind: 'overridden' }));
      case 'cancel':
        return this.#settling(before, event, choice, this.#step(next, { kind: 'cancelled' }));
      case 'edit':
        return this.#anew(next, (handoff) => ({ kind: 'choose-field', handoff }));
      default:
        return refused('unknown-step');
    }
  }

  /** A turn of the diagnosis that asked for a person, or answered what a ticket needs. */
  goOn(before: Conversation | undefined, { conversation, effects }: Extract<Decision, { kind: 'turn' }>): CaseDecision {
    const handOver = effects.find((effect) => effect.kind === 'hand-over');
    if (handOver === undefined) return this.#afterAnswer(before, { kind: 'turn', conversation, effects });
    const { settings } = this.#backing;
    const guest = this.#event.actor.guest === true;
    const started =
      !guest && canReach(settings.routes, handOver.desk) ? this.#start(conversation, handOver.desk) : null;
    const others = effects.filter((effect) => effect !== handOver);
    const own: Turned = started ?? { kind: 'turn', conversation, effects: [handOver] };
    const call = callAgents(before, own.conversation, handOver, this.#backing);
    return { ...own, effects: [...others, ...own.effects, ...call] };
  }

  #start(conversation: Conversation, desk: Desk): Turned | null {
    const turn = this.#step(conversation, { kind: 'asked', desk });
    return turn.kind === 'turn' ? turn : null;
  }

  /**
   * Once what the ticket needed is answered, the ticket goes on and not the diagnosis. In another language what stands is
   * said again, since nobody agrees to what was shown in the language before.
   */
  #afterAnswer(before: Conversation | undefined, turn: Turned): CaseDecision {
    if (before === undefined) return turn;
    const waitsFor = openQuestion(this.#knowledge, before);
    const isAnswered =
      waitsFor !== undefined &&
      waitsFor === before.prompt &&
      waitsFor !== openQuestion(this.#knowledge, turn.conversation);
    const isSaidAgain =
      before.locale !== turn.conversation.locale &&
      (before.handoff?.stage === 'preview' ||
        (before.handoff !== null && isOpen(before.handoff) && before.prompt === null));
    if (!isAnswered && !isSaidAgain) return this.#withCall(before, withdrawn(before, turn));
    const kept = turn.effects.filter(({ kind }) => kind !== 'ask' && kind !== 'conclude');
    const conversation = { ...turn.conversation, prompt: null, asked: before.asked };
    const next = this.#step(conversation, { kind: 'continued' });
    return next.kind === 'turn' ? { ...next, effects: [...kept, ...next.effects] } : next;
  }

  /** To the fix that comes first, or on where it has been tried. */
  #continue(before: Conversation, next: Conversation): CaseDecision {
    const { handoff } = before;
    if (handoff?.stage !== 'fix-first') return this.#step(next, { kind: 'continued' });
    const look = preflight(this.#knowledge, caseOf(this.#context(next), handoff));
    if (look.kind === 'clear') return this.#step(next, { kind: 'continued' });
    const draft = new Draft(this.#knowledge, before, this.#event);
    return look.kind === 'fix-first' ? draft.enter(look.flow).advance() : draft.advance();
  }

  /** What was said of a ticket may be said anew until it is sent. */
  #anew(next: Conversation, asks: (handoff: HandoffState) => HandoffEffect): CaseDecision {
    const { handoff } = next;
    if (handoff === null) return refused('unknown-step');
    return isUnderWay({ conversation: next }, handoff)
      ? this.#step(next, { kind: 'continued' })
      : { kind: 'turn', conversation: next, effects: [asks(handoff)] };
  }

  /** The prompt that was pressed, where it is the newest, shows what was chosen. */
  #settling(before: Conversation, { turn }: Press, choice: string, decision: CaseDecision): CaseDecision {
    if (decision.kind !== 'turn') return decision;
    const settled = turn === before.asked[handoffStep] ? ([{ kind: 'settle-prompt', turn, choice }] as const) : [];
    return this.#withCall(before, { ...decision, effects: [...settled, ...decision.effects] });
  }

  #step(conversation: Conversation, input: HandoffInput): CaseDecision {
    const turn = takeHandoffTurn(this.#context(conversation), conversation.handoff, input);
    if (turn.kind === 'refused') return refused(turn.refusal === 'not-yours' ? 'not-yours' : 'unknown-step');
    return this.#prompting({ ...conversation, handoff: turn.handoff }, turn.effects);
  }

  /** A prompt of the handoff is known by its turn; a question of the flows is asked as the flows ask it. */
  #prompting(conversation: Conversation, effects: readonly HandoffEffect[]): Turned {
    const asks = effects.find((effect) => effect.kind === 'ask-details');
    const [need] = asks?.needs ?? [];
    if (need?.kind === 'question') return askQuestion(conversation, need.question, asks?.needs.length ?? 1);
    const prompts = effects.some(
      ({ kind }) => kind === 'ask-details' || kind === 'ask-consent' || kind === 'fix-first',
    );
    const asked = prompts ? { ...conversation.asked, [handoffStep]: conversation.turn } : conversation.asked;
    return {
      kind: 'turn',
      conversation: { ...conversation, prompt: prompts ? null : conversation.prompt, asked },
      effects,
    };
  }

  /** The card of the help desk's people shows the stage of the ticket. */
  #withCall(before: Conversation, turn: Turned): Turned {
    const { conversation, effects } = turn;
    const isSame =
      conversation.handoff?.stage === before.handoff?.stage &&
      conversation.claim?.by === before.claim?.by &&
      conversation.state === before.state;
    if (isSame) return turn;
    const call = updateCall(this.#knowledge, conversation, this.#event, this.#backing);
    return { ...turn, effects: [...effects, ...call] };
  }

  #next(before: Conversation): Conversation {
    return { ...before, turn: before.turn + 1, lastAt: this.#event.at };
  }

  #context(conversation: Conversation): HandoffContext {
    const { settings, events } = this.#backing;
    const { actor, at } = this.#event;
    const evidence = evidenceOf(this.#knowledge, conversation, events);
    return { knowledge: this.#knowledge, settings, conversation, ...evidence, actor, at };
  }
}
