import type { Conversation } from '../conversation/conversation.ts';
import type { CaseEffect } from '../handoff/handoff-effect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Message } from './message.ts';
import { present } from './present.ts';
import { presentAgents } from './present-agents.ts';
import { presentHandoff } from './present-handoff.ts';

/** The message an effect becomes, in the conversation's language; undefined for one that is no message. Pure. */
export function presentEffect(
  knowledge: Knowledge,
  conversation: Conversation,
  effect: CaseEffect,
  timeZone: string,
): Message | undefined {
  switch (effect.kind) {
    case 'called':
    case 'call':
    case 'claimed':
    case 'released':
    case 'admit':
    case 'note':
    case 'aside':
      return presentAgents(knowledge, conversation, effect, timeZone);
    case 'card':
    case 'fix-first':
    case 'ask-details':
    case 'choose-field':
    case 'ask-field':
    case 'show-ticket':
    case 'ask-consent':
    case 'copy-ticket':
    case 'show-file':
    case 'settle-prompt':
    case 'answered':
    case 'answer-fate':
    case 'answer-desk':
    case 'open-ticket':
      return presentHandoff(knowledge, conversation, effect, timeZone);
    default:
      return present(knowledge, conversation, effect);
  }
}
