import type { HandoffState } from '../conversation/handoff-state.ts';
import type { CardEffect } from './handoff-effect.ts';
import type { HandoffSettings } from './settings.ts';

/** Where a ticket stands, for a card. */
export function cardOf(
  { desks }: HandoffSettings,
  handoff: HandoffState,
  number: string,
  how: CardEffect['how'],
): CardEffect {
  const desk = handoff.to === null ? null : (desks[handoff.to] ?? null);
  return { kind: 'card', handoff, desk, number, how };
}
