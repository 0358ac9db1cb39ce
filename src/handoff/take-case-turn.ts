import type { Conversation } from '../conversation/conversation.ts';
import type { Decision } from '../conversation/effect.ts';
import type { ConversationEvent, Event } from '../conversation/event.ts';
import { mayAnswer, takeTurn } from '../conversation/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { hearWord } from './agents.ts';
import { type Backing, type CaseDecision, refused } from './case-decision.ts';
import { CaseTurn, type Press } from './case-turn.ts';
import { isHandoffStep } from './steps.ts';
import { isAsked } from './take-handoff-turn.ts';

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
  if (event.kind === 'spoke') {
    const isTheirs = before !== undefined && mayAnswer(before, event);
    return (isTheirs ? hearWord(before, event.at) : undefined) ?? { kind: 'ignored' };
  }
  if (event.kind === 'fell-silent' || event.kind === 'went-unheard') {
    if (before === undefined) return { kind: 'ignored' };
    if (backing === undefined) return { kind: 'needs-backing' };
    const turn = new CaseTurn(knowledge, event, backing);
    return event.kind === 'fell-silent' ? turn.endSilence(before, event) : turn.goUnheard(before);
  }
  if (isHandoffPress(event)) {
    if (before === undefined) return refused('not-open');
    if (!mayAnswer(before, event)) return refused('not-yours');
    if (event.actor.guest === true) return refused('no-guests');
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).press(before, event);
  }
  if (before?.claim != null && event.kind === 'wrote') {
    if (!mayAnswer(before, event)) return { kind: 'ignored' };
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).listen(before, event);
  }
  if (event.kind === 'resumed' && before?.handoff != null && isAsked(before.handoff)) {
    if (backing === undefined) return { kind: 'needs-backing' };
    return new CaseTurn(knowledge, event, backing).resume(before);
  }
  const decision = takeTurn(knowledge, before, event);
  if (decision.kind === 'refused' || !concernsPerson(before, decision)) return decision;
  if (backing === undefined) return { kind: 'needs-backing' };
  return new CaseTurn(knowledge, event, backing).goOn(before, decision);
}

function isHandoffPress(event: ConversationEvent): event is Press {
  return (event.kind === 'chose' || event.kind === 'filled') && isHandoffStep(event.step);
}

function concernsPerson(
  before: Conversation | undefined,
  { conversation, effects }: Extract<Decision, { kind: 'turn' }>,
): boolean {
  if (effects.some(({ kind }) => kind === 'hand-over')) return true;
  if (before === undefined) return false;
  const isOver = conversation.person === null || conversation.state === 'closed';
  return (before.person !== null && isOver) || (before.handoff !== null && isAsked(before.handoff));
}
