import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import type { HandoffEffect } from '../handoff/handoff-effect.ts';
import { localTime } from '../handoff/local-time.ts';
import type { KnownDesk } from '../handoff/settings.ts';
import type { Ticket } from '../handoff/ticket.ts';
import { nameOf } from '../handoff/ticket-values.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { HandoffButton, HandoffPhrase, TicketTexts } from '../knowledge/schema/tickets.ts';
import { fill, type Values } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { writeAddress } from './address.ts';
import type { Block, Button, Message } from './message.ts';

/** The steps of a handoff's addresses: its buttons and its form, and the field that is to be said anew. */
export const handoffStep = 'handoff';
export const handoffEditStep = 'handoff-edit';

/** Turns an effect of a handoff into the message that is posted for it; `open-ticket` has none. Pure. */
export function presentHandoff(
  knowledge: Knowledge,
  conversation: Conversation,
  effect: HandoffEffect,
  timeZone: string,
): Message | undefined {
  const presenter = new HandoffPresenter(knowledge, conversation, timeZone);
  switch (effect.kind) {
    case 'card':
      return presenter.card(effect);
    case 'fix-first':
      return presenter.fixFirst(effect);
    case 'ask-details':
      return presenter.askDetails(effect);
    case 'show-ticket':
      return presenter.showTicket(effect.ticket, effect.desk);
    case 'copy-ticket':
      return presenter.copyTicket(effect.ticket);
    case 'open-ticket':
      return undefined;
    default:
      return effect satisfies never;
  }
}

type EffectOf<Kind extends HandoffEffect['kind']> = Extract<HandoffEffect, { kind: Kind }>;

class HandoffPresenter {
  readonly #knowledge: Knowledge;
  readonly #conversation: Conversation;
  readonly #texts: TicketTexts;
  readonly #timeZone: string;

  constructor(knowledge: Knowledge, conversation: Conversation, timeZone: string) {
    this.#knowledge = knowledge;
    this.#conversation = conversation;
    this.#texts = knowledge.texts[conversation.locale].tickets;
    this.#timeZone = timeZone;
  }

  /** Where the case stands, in one message that is edited in place. */
  card({ handoff, desk, number }: EffectOf<'card'>): Message {
    const values = {
      number,
      name: desk?.name ?? '',
      country: desk?.country ?? '',
      ticket: ticketName(handoff),
      tries: handoff.tries,
      time: localTime(handoff.at, this.#timeZone),
    };
    return this.#message([{ kind: 'paragraph', spans: this.#say(cardPhrase(handoff), values) }]);
  }

  fixFirst({ preflight, mayOverride }: EffectOf<'fix-first'>): Message {
    const reason = preflight.kind === 'no-ticket' ? 'no-ticket' : preflight.reason;
    const blocks: readonly Block[] = [
      { kind: 'paragraph', spans: this.#say('fix-first', { reason: fill(this.#texts.preflight[reason]) }) },
    ];
    return this.#message(blocks, [
      this.#button('continue'),
      ...(mayOverride ? [this.#button('anyway', 'danger')] : []),
      this.#button('cancel'),
    ]);
  }

  askDetails({ missing, score, number }: EffectOf<'ask-details'>): Message {
    const names = missing.map((id) => nameOf(this.#knowledge, this.#conversation.locale, id)).join(this.#texts.list);
    const blocks: readonly Block[] = [
      { kind: 'paragraph', spans: this.#say('draft', { number, score, missing: names }) },
    ];
    return this.#message(blocks, [{ ...this.#button('fill', 'primary'), opens: 'form' }, this.#button('cancel')]);
  }

  /** Exactly what will be sent: subject and body as they are, the files by name, and what sending it agrees to. */
  showTicket(ticket: Ticket, { name, country }: KnownDesk): Message {
    const blocks: readonly Block[] = [
      { kind: 'paragraph', spans: this.#say('preview', { name, country }) },
      ...this.#ticketBlocks(ticket),
      { kind: 'note', spans: this.#say('consent', { name, country }) },
    ];
    return this.#message(blocks, [this.#button('send', 'primary'), this.#button('edit'), this.#button('cancel')]);
  }

  copyTicket(ticket: Ticket): Message {
    return this.#message([{ kind: 'paragraph', spans: this.#say('no-desk', {}) }, ...this.#ticketBlocks(ticket)]);
  }

  #ticketBlocks({ subject, body, files }: Ticket): readonly Block[] {
    const names = files.map(({ name }) => name).join(this.#texts.list);
    return [
      { kind: 'code', text: `${subject}\n\n${body}` },
      { kind: 'note', spans: fill(this.#texts['see-file'], { files: names }) },
    ];
  }

  #say(phrase: HandoffPhrase, values: Values): Spans {
    return fill(this.#texts.states[phrase], values);
  }

  #button(choice: HandoffButton, style: Button['style'] = 'plain'): Button {
    const { id, turn } = this.#conversation;
    return {
      label: this.#texts.buttons[choice],
      address: writeAddress({ conversation: id, turn, step: handoffStep, choice }),
      style,
    };
  }

  #message(blocks: readonly Block[], actions: readonly Button[] = []): Message {
    return { locale: this.#conversation.locale, blocks, ...(actions.length === 0 ? {} : { actions }) };
  }
}

/** What is asked when a field is to be said anew: one choice for each that was said. */
export function presentEdit(knowledge: Knowledge, conversation: Conversation, handoff: HandoffState): Message {
  const texts = knowledge.texts[conversation.locale].tickets;
  const choices = Object.keys(handoff.details).map(
    (choice): Button => ({
      label: nameOf(knowledge, conversation.locale, choice),
      address: writeAddress({ conversation: conversation.id, turn: conversation.turn, step: handoffEditStep, choice }),
      style: 'plain',
    }),
  );
  return { locale: conversation.locale, blocks: [{ kind: 'paragraph', spans: plain(texts['change-what']) }], choices };
}

function cardPhrase({ stage, ticket }: HandoffState): HandoffPhrase {
  switch (stage) {
    case 'created':
      return ticket?.number == null ? 'created-unnumbered' : 'created';
    case 'queued':
    case 'delayed':
    case 'held':
    case 'dead':
    case 'cancelled':
      return stage;
    case 'copied':
      return 'no-desk';
    case 'fix-first':
    case 'gathering':
    case 'preview':
      return 'asked-for';
    default:
      return stage satisfies never;
  }
}

function ticketName({ ticket }: HandoffState): Spans {
  const name = ticket?.number ?? '';
  return ticket?.url == null ? plain(name) : [{ kind: 'link', text: name, url: ticket.url }];
}
