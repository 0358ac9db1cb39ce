import type { HandoffState } from '../conversation/handoff-state.ts';
import type { CardEffect } from '../handoff/handoff-effect.ts';
import { localTime } from '../handoff/local-time.ts';
import type { HandoffPhrase, TicketTexts } from '../knowledge/schema/tickets.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';

/** Where a ticket stands, in a sentence. */
export function cardSpans(texts: TicketTexts, { handoff, desk, number }: CardEffect, timeZone: string): Spans {
  const { name = '', country = '' } = desk ?? handoff.consent?.recipient ?? {};
  const phrase = handoff.stage === 'dead' && desk === null ? 'dead-removed' : cardPhrase(handoff);
  return fill(texts.states[phrase], {
    number,
    name,
    country,
    ticket: ticketName(handoff, number),
    who: handoff.word?.by ?? '',
    ending: handoff.word?.keyEndings.join(', ') ?? '',
    tries: handoff.tries,
    time: localTime(handoff.at, timeZone),
  });
}

function cardPhrase({ stage, ticket, word }: HandoffState): HandoffPhrase {
  switch (stage) {
    case 'created':
      return ticket?.number == null ? 'created-unnumbered' : 'created';
    case 'replied':
      return word?.by == null ? 'replied' : 'replied-by';
    case 'answered':
    case 'queued':
    case 'delayed':
    case 'held':
    case 'dead':
    case 'cancelled':
    case 'waiting':
    case 'key-issued':
    case 'resolved':
    case 'reopened':
      return stage;
    case 'copied':
      return 'no-desk';
    case 'fix-first':
    case 'gathering':
    case 'preview':
      return 'preparing';
    default:
      return stage satisfies never;
  }
}

/** The desk's number, or ours where it has given none. */
export function ticketName({ ticket }: Pick<HandoffState, 'ticket'>, number: string): Spans {
  const name = ticket?.number ?? number;
  return ticket?.url == null ? plain(name) : [{ kind: 'link', text: name, url: ticket.url }];
}
