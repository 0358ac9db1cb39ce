import type { Conversation } from '../../src/conversation/conversation.ts';
import { isAsked } from '../../src/handoff/take-handoff-turn.ts';

/** How a request stands. `handed-over`: its case left for a desk, or was given to copy; `left`: nobody came back to it. */
export const requestEnds = ['fixed', 'handed-over', 'open', 'left'] as const;
export type RequestEnd = (typeof requestEnds)[number];

/** One request for help as a report shows it. It names nobody and holds no text. Instants are ISO 8601, in UTC. */
export interface RequestRow {
  readonly request: string;
  readonly workspace: string;
  readonly locale: string;
  readonly opened: string;
  readonly last: string;
  /** What it began with: the code, or else the flow. */
  readonly problem: string;
  /** How many attempts were made: a failed one opens the next. */
  readonly rounds: number;
  /** The newest fix that was shown; empty where none was reached. */
  readonly outcome: string;
  readonly end: RequestEnd;
  /** The ticket desk by its kind and its name in DESK_CONFIG, and what the desk calls the ticket. */
  readonly desk: string;
  readonly to: string;
  readonly ticket: string;
  readonly stage: string;
}

const dayMs = 86_400_000;
/** A request nobody has touched for so long is no longer counted as open. */
const leftAfterDays = 14;

/** The row of a stored conversation, as it stands at `now`. */
export function requestRow(conversation: Conversation, now: Date): RequestRow {
  const { closedRounds, facts, handoff, round } = conversation;
  const code = facts.find(({ question, value }) => question === 'error-code' && value !== null)?.value;
  return {
    request: conversation.id,
    workspace: conversation.workspace,
    locale: conversation.locale,
    opened: conversation.openedAt,
    last: conversation.lastAt,
    problem: String(code ?? closedRounds[0]?.flow ?? round.flow),
    rounds: closedRounds.length + (conversation.state === 'open' ? 1 : 0),
    outcome: closedRounds.findLast(({ outcome }) => outcome !== null)?.outcome ?? '',
    end: endOf(conversation, now),
    desk: handoff?.desk ?? conversation.person?.desk ?? '',
    to: handoff?.to ?? '',
    ticket: handoff?.ticket?.number ?? '',
    stage: handoff?.stage ?? '',
  };
}

function endOf({ state, handoff, closedRounds, lastAt }: Conversation, now: Date): RequestEnd {
  if (handoff !== null && handoff.stage !== 'cancelled' && !isAsked(handoff)) return 'handed-over';
  if (closedRounds.at(-1)?.result === 'fixed') return 'fixed';
  const quiet = now.getTime() - Date.parse(lastAt) > leftAfterDays * dayMs;
  return state === 'open' && !quiet ? 'open' : 'left';
}
