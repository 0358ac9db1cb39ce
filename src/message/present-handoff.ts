import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import type { CardEffect, HandoffEffect } from '../handoff/handoff-effect.ts';
import { localTime } from '../handoff/local-time.ts';
import type { KnownDesk } from '../handoff/settings.ts';
import { answerStep, handoffFieldStep, handoffStep } from '../handoff/steps.ts';
import { awaitsVerdict, isAnswerable } from '../handoff/take-handoff-turn.ts';
import type { Ticket, TicketFile } from '../handoff/ticket.ts';
import { nameOf } from '../handoff/ticket-values.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import {
  type HandoffButton,
  type HandoffPhrase,
  handoffButtons,
  type TicketTexts,
} from '../knowledge/schema/tickets.ts';
import { fill, type Values } from '../text/sentence.ts';
import { plain, type Spans, spansToText } from '../text/span.ts';
import { writeAddress } from './address.ts';
import { paragraph } from './blocks.ts';
import type { Block, Button, Message } from './message.ts';

/** Turns an effect of a handoff into the message that is posted for it; `open-ticket` and `answer-desk` have none. Pure. */
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
    case 'choose-field':
      return presenter.chooseField(effect.handoff);
    case 'ask-field':
      return presenter.askField(effect);
    case 'show-ticket':
      return presenter.showTicket(effect.ticket);
    case 'ask-consent':
      return presenter.askConsent(effect.desk);
    case 'copy-ticket':
      return presenter.copyTicket(effect);
    case 'show-file':
      return presenter.showFile(effect.file);
    case 'settle-prompt':
      return presenter.settlePrompt(effect.choice);
    case 'answered':
      return presenter.answered(effect);
    case 'answer-fate':
      return presenter.answerFate(effect);
    case 'open-ticket':
    case 'answer-desk':
      return undefined;
    default:
      return effect satisfies never;
  }
}

/** How many of the missing details are named; the form names all of them. */
const namedMissing = 5;

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

  /** Where the ticket stands. */
  card(effect: CardEffect): Message {
    const { handoff, how } = effect;
    const asks = how !== 'in-place' && awaitsVerdict(this.#conversation, handoff);
    const blocks: readonly Block[] = [
      { kind: 'paragraph', spans: cardSpans(this.#texts, effect, this.#timeZone) },
      ...this.#wordBlocks(effect),
      ...(asks ? [{ kind: 'paragraph', spans: this.#say('works-now', {}) } as const] : []),
    ];
    return this.#message(blocks, {
      ...(asks ? { choices: [this.#button('works', 'primary'), this.#button('failing')] } : {}),
      actions: handoff.stage === 'cancelled' ? [this.#stand()] : isAnswerable(handoff) ? [this.#answer(handoff)] : [],
    });
  }

  /** What the desk's people wrote, and where they are answered. */
  #wordBlocks({ handoff, number }: CardEffect): readonly Block[] {
    const { stage, word } = handoff;
    const text: readonly Block[] =
      word?.text == null || stage === 'answered' ? [] : [{ kind: 'paragraph', spans: plain(word.text) }];
    return stage === 'replied' || stage === 'waiting'
      ? [...text, { kind: 'note', spans: this.#say('answer-here', { ticket: ticketName(handoff, number) }) }]
      : text;
  }

  fixFirst({ preflight, mayOverride }: EffectOf<'fix-first'>): Message {
    const reason = preflight.kind === 'no-ticket' ? 'no-ticket' : preflight.reason;
    const spans = this.#say('fix-first', { reason: fill(this.#texts.preflight[reason]) });
    return this.#message([{ kind: 'paragraph', spans }], {
      choices: [
        this.#button('continue', 'primary'),
        ...(mayOverride ? [this.#button('anyway', 'danger')] : []),
        this.#button('cancel'),
      ],
    });
  }

  askDetails({ missing, score, number }: EffectOf<'ask-details'>): Message {
    const { locale, handoff } = this.#conversation;
    const names = missing.slice(0, namedMissing).map((id) => nameOf(this.#knowledge, locale, id));
    const more = missing.length > namedMissing ? ['…'] : [];
    const spans = this.#say('draft', {
      number,
      score,
      desk: fill(this.#knowledge.texts[locale].desks[handoff?.desk ?? 'none'].name),
      count: missing.length,
      missing: [...names, ...more].join(this.#texts.list),
    });
    return this.#message([{ kind: 'paragraph', spans }], {
      choices: [{ ...this.#button('fill', 'primary'), opens: 'form' }, this.#button('cancel')],
    });
  }

  /** One choice for each field that was said. */
  chooseField({ details }: HandoffState): Message {
    const { locale } = this.#conversation;
    const choices = Object.entries(details)
      .filter(([, { origin }]) => origin === 'said')
      .map(([field]) => this.#choice(nameOf(this.#knowledge, locale, field), handoffFieldStep, field));
    return this.#message([{ kind: 'paragraph', spans: plain(this.#texts['change-what']) }], { choices });
  }

  askField({ field, handoff }: EffectOf<'ask-field'>): Message {
    const { locale } = this.#conversation;
    const words = this.#texts.fields[field];
    const value = handoff.details[field]?.value;
    const said = value == null ? [] : [{ kind: 'paragraph', spans: plain(words?.choices?.[value] ?? value) } as const];
    return this.#message([{ kind: 'heading', spans: plain(nameOf(this.#knowledge, locale, field)) }, ...said], {
      choices: [
        { ...this.#choice(this.#texts.buttons.fill, handoffFieldStep, field), style: 'primary', opens: 'form' },
      ],
    });
  }

  /** Exactly what will be sent: subject and body as they are, and the files by name. */
  showTicket(ticket: Ticket): Message {
    return this.#message(this.#ticketBlocks(ticket));
  }

  askConsent({ name, country }: KnownDesk): Message {
    const blocks: readonly Block[] = [
      paragraph(this.#say('preview', { name, country })),
      { kind: 'note', spans: this.#say('consent', { name, country }) },
    ];
    return this.#message(blocks, {
      choices: [this.#button('send', 'primary'), this.#button('edit'), this.#button('files'), this.#button('cancel')],
    });
  }

  showFile({ name, text }: TicketFile): Message {
    return this.#message([
      { kind: 'heading', spans: plain(name) },
      { kind: 'code', text },
    ]);
  }

  copyTicket({ ticket, desk, why }: EffectOf<'copy-ticket'>): Message {
    const { reach } = this.#knowledge.texts[this.#conversation.locale].desks[desk];
    const blocks: readonly Block[] = [
      ...(why === 'no-route' ? [paragraph(this.#say('no-desk', {}))] : []),
      { kind: 'paragraph', spans: fill(reach) },
      ...this.#ticketBlocks(ticket),
    ];
    return this.#message(blocks, { actions: [this.#stand()] });
  }

  answered({ by, text, desk }: EffectOf<'answered'>): Message {
    const spans = this.#say('answered-by', { who: [{ kind: 'person', id: by }], name: desk.name });
    return this.#message([paragraph(spans), { kind: 'code', text: text.trimEnd() }]);
  }

  answerFate({ fate, answeredAt, desk, link, number, text }: EffectOf<'answer-fate'>): Message {
    const spans = this.#say(`answer-${fate}`, {
      time: localTime(answeredAt, this.#timeZone),
      name: desk?.name ?? '',
      ticket: ticketName({ ticket: link }, number),
    });
    return this.#message([paragraph(spans), ...(text === null ? [] : [{ kind: 'code', text } as const])]);
  }

  /** A prompt that was pressed, as what was chosen. */
  settlePrompt(choice: string): Message {
    const { buttons } = this.#texts;
    const label = handoffButtons.find((button) => button === choice);
    return this.#message([
      {
        kind: 'paragraph',
        spans: this.#say('chosen', { choice: label === undefined ? choice : buttons[label] }),
      },
    ]);
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
    return { ...this.#choice(this.#texts.buttons[choice], handoffStep, choice), style };
  }

  #choice(label: string, step: string, choice: string): Button {
    const { id, turn } = this.#conversation;
    return { label, address: writeAddress({ conversation: id, turn, step, choice }), style: 'plain' };
  }

  #answer({ generation }: HandoffState): Button {
    return { ...this.#choice(this.#texts.buttons.answer, answerStep(generation), 'answer'), opens: 'form' };
  }

  #stand(): Button {
    return this.#choice(
      spansToText(fill(this.#knowledge.texts[this.#conversation.locale].interface['stands-here'])),
      'nav',
      'stand',
    );
  }

  #message(blocks: readonly Block[], buttons: Pick<Message, 'choices' | 'actions'> = {}): Message {
    return { locale: this.#conversation.locale, blocks, ...buttons };
  }
}

/** Where a ticket stands, in a sentence. */
export function cardSpans(texts: TicketTexts, { handoff, desk, number }: CardEffect, timeZone: string): Spans {
  return fill(texts.states[cardPhrase(handoff)], {
    number,
    name: desk?.name ?? '',
    country: desk?.country ?? '',
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
function ticketName({ ticket }: Pick<HandoffState, 'ticket'>, number: string): Spans {
  const name = ticket?.number ?? number;
  return ticket?.url == null ? plain(name) : [{ kind: 'link', text: name, url: ticket.url }];
}
