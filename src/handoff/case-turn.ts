import type { Conversation } from '../conversation/conversation.ts';
import { Draft } from '../conversation/draft.ts';
import type { Decision, Effect } from '../conversation/effect.ts';
import type { ConversationEvent, Event } from '../conversation/event.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import { asideOf, callAgents, endClaim, isAgentChoice, takeAgentPress, tellUnheard, updateCall } from './agents.ts';
import { answerDesk, hearAnswer } from './answer-desk.ts';
import { askQuestion, openQuestion } from './ask-question.ts';
import { cardOf } from './card.ts';
import { type Backing, type CaseDecision, refused, type Turned } from './case-decision.ts';
import { caseNumber } from './case-number.ts';
import { readEvidence } from './evidence.ts';
import type { CaseEffect, HandoffEffect } from './handoff-effect.ts';
import { preflight } from './preflight.ts';
import { canReach } from './routes.ts';
import { answerField, generationAnswered, handoffFieldStep, handoffStep, noteField } from './steps.ts';
import {
  awaitsVerdict,
  caseOf,
  type HandoffContext,
  type HandoffInput,
  isAsked,
  isUnderWay,
  takeHandoffTurn,
} from './take-handoff-turn.ts';

export type Press = Extract<ConversationEvent, { kind: 'chose' | 'filled' }>;

/** Who takes the request for a person back takes back the ticket that began with it; what is solved is nobody's any more. */
function withoutPerson(before: Conversation, { conversation, effects }: Turned): Turned {
  const { handoff, person, state } = conversation;
  const isWithdrawn = person === null && before.person !== null;
  const cancelled =
    isWithdrawn && handoff !== null && isAsked(handoff) ? ({ ...handoff, stage: 'cancelled' } as const) : handoff;
  const claim = isWithdrawn || state === 'closed' ? null : conversation.claim;
  return { kind: 'turn', conversation: { ...conversation, handoff: cancelled, claim }, effects };
}

/** How it goes on where nobody of the help desk comes. Where nothing has happened since, the case to copy stands above. */
function wayWithoutAgents(next: Conversation) {
  const { handoff, person, lastAt } = next;
  if (handoff !== null && isAsked(handoff)) return 'ticket';
  if (handoff !== null && isUnderWay({ conversation: next }, handoff)) return 'sent';
  const isShown = (handoff === null || handoff.stage === 'copied') && person?.at === lastAt;
  return isShown ? 'copied' : 'copy';
}

/** One turn that concerns a person. Lives for one call of `takeCaseTurn`. */
export class CaseTurn {
  readonly #knowledge: Knowledge;
  readonly #event: Event;
  readonly #backing: Backing;

  constructor(knowledge: Knowledge, event: Event, backing: Backing) {
    this.#knowledge = knowledge;
    this.#event = event;
    this.#backing = backing;
  }

  hear(before: Conversation, { generation, news }: Extract<Event, { kind: 'heard' }>): CaseDecision {
    const next = this.#next(before);
    const turn =
      news.kind === 'answer'
        ? hearAnswer(this.#context(next), this.#backing.events, generation, news)
        : this.#step(next, { kind: 'heard', generation, news });
    return turn.kind === 'turn' ? this.#withCall(before, turn) : turn;
  }

  resume(before: Conversation): CaseDecision {
    return this.#step(this.#next(before), { kind: 'continued' });
  }

  /** While a person has the conversation the bot listens: nothing is answered, and nothing is lost. */
  listen(before: Conversation, { text, actor, secretsRemoved }: Extract<Event, { kind: 'wrote' }>): CaseDecision {
    const isForThem = actor.role === 'user' && text.trim() !== '';
    const aside = isForThem ? asideOf(before, actor.id, text, this.#backing.agentChannel) : [];
    const warning: readonly CaseEffect[] =
      secretsRemoved > 0 ? [{ kind: 'acknowledge', read: [], secretsRemoved }] : [];
    return { kind: 'turn', conversation: this.#next(before), effects: [...warning, ...aside] };
  }

  /** A look at a claim that is over, or has had a word since, changes nothing. */
  endSilence(before: Conversation, event: Extract<Event, { kind: 'fell-silent' }>): CaseDecision {
    return endClaim(this.#knowledge, this.#next(before), event, this.#backing) ?? { kind: 'ignored' };
  }

  /** The help desk does not know: what is left is the ticket, or the case to copy. */
  goUnheard(before: Conversation): CaseDecision {
    // Nobody did anything: *back* still takes the request for a person back.
    const next = { ...this.#next(before), lastAt: before.lastAt };
    const goesOn = wayWithoutAgents(next);
    const told = tellUnheard(next, goesOn);
    if (told === undefined) return { kind: 'ignored' };
    const copy = goesOn === 'copy' ? this.#copy(next) : [];
    return { kind: 'turn', conversation: next, effects: [told, ...copy] };
  }

  #copy(conversation: Conversation): readonly Effect[] {
    const decision = new Draft(this.#knowledge, conversation, this.#event).handOver();
    return decision.kind === 'turn' ? decision.effects : [];
  }

  press(before: Conversation, event: Press): CaseDecision {
    const next = this.#next(before);
    const generation = generationAnswered(event.step);
    if (generation !== undefined) return this.#answer(next, event, generation);
    if (event.step === handoffFieldStep && event.kind === 'chose') {
      const { choice: field } = event;
      const isField = this.#knowledge.tickets.fields.some(({ id }) => id === field);
      return isField ? this.#anew(next, (handoff) => ({ kind: 'ask-field', field, handoff })) : refused('unknown-step');
    }
    if (event.kind === 'filled' && event.values[noteField] === undefined)
      return this.#settling(before, event, 'fill', this.#step(next, { kind: 'filled', values: event.values }));
    const choice = event.kind === 'filled' ? 'note' : event.choice;
    if (isAgentChoice(choice)) {
      const turn = takeAgentPress(next, event, choice, this.#backing);
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
      case 'works':
      case 'failing':
        return this.#settling(before, event, choice, this.#verdict(before, next, choice));
      // Where a platform opens no form, or there is nothing more to fill in.
      case 'fill':
        return this.#step(next, { kind: 'continued' });
      case 'leave-out':
      case 'take-along': {
        const stays = choice === 'leave-out';
        if (!stays && event.actor.id !== before.requester) return refused('not-yours');
        return this.#settling(before, event, choice, this.#step(next, { kind: 'transcript', stays }));
      }
      case 'files':
        return this.#step(next, { kind: 'looked' });
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
    return { ...own, effects: [...others, ...call, ...own.effects] };
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
      before.handoff !== null &&
      isAsked(before.handoff) &&
      (before.handoff.stage === 'preview' || before.prompt === null);
    if (!isAnswered && !isSaidAgain) return this.#withCall(before, withoutPerson(before, turn));
    // A guest may answer for the requester, and sees nothing of the ticket.
    if (this.#event.actor.guest === true) return turn;
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

  /** Whether what the desk did helps: that ends the round, and lets another ticket be asked for where it does not. */
  #verdict(before: Conversation, next: Conversation, choice: 'works' | 'failing'): CaseDecision {
    const { handoff } = before;
    if (handoff === null || !awaitsVerdict(before, handoff)) return this.#step(next, { kind: 'continued' });
    const draft = new Draft(this.#knowledge, before, this.#event);
    const decision = draft.endRound(choice === 'works' ? 'fixed' : 'still-failing');
    if (decision.kind === 'refused') return decision;
    const card = cardOf(this.#backing.settings, handoff, caseNumber(before.id), 'in-place');
    return withoutPerson(before, { ...decision, effects: [card, ...decision.effects] });
  }

  /** Where a platform opens no form, or none can be filled in any more, it shows where the ticket stands. */
  #answer(next: Conversation, event: Press, generation: number): CaseDecision {
    const text = event.kind === 'filled' ? (event.values[answerField] ?? '').trim() : '';
    const { handoff, id } = next;
    if (text === '' && handoff !== null) {
      const card = cardOf(this.#backing.settings, handoff, caseNumber(id), 'anew');
      return { kind: 'turn', conversation: next, effects: [card] };
    }
    return { kind: 'turn', conversation: next, effects: answerDesk(this.#context(next), generation, text) };
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
    if (need?.kind === 'question') return askQuestion(conversation, need.question, asks?.missing.length ?? 1);
    const prompts = effects.some(
      ({ kind }) => kind === 'ask-details' || kind === 'ask-consent' || kind === 'fix-first',
    );
    const asksVerdict =
      conversation.handoff !== null &&
      awaitsVerdict(conversation, conversation.handoff) &&
      effects.some((effect) => effect.kind === 'card' && effect.how === 'news');
    const asked =
      prompts || asksVerdict ? { ...conversation.asked, [handoffStep]: conversation.turn } : conversation.asked;
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
      conversation.state === before.state &&
      (conversation.person === null) === (before.person === null);
    if (isSame) return turn;
    const call = updateCall(this.#knowledge, conversation, this.#event, this.#backing);
    return { ...turn, effects: [...effects, ...call] };
  }

  #next(before: Conversation): Conversation {
    const { kind, at } = this.#event;
    const isWord = kind === 'wrote' || kind === 'filled';
    const claim = before.claim !== null && isWord ? { ...before.claim, wordAt: at } : before.claim;
    return { ...before, turn: before.turn + 1, lastAt: at, claim };
  }

  #context(conversation: Conversation): HandoffContext {
    const { settings, events } = this.#backing;
    const { actor, at } = this.#event;
    const evidence = readEvidence(this.#knowledge, conversation, events);
    return { knowledge: this.#knowledge, settings, conversation, ...evidence, actor, at };
  }
}
