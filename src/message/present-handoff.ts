import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import type { CardEffect, HandoffEffect } from '../handoff/handoff-effect.ts';
import { answerStep, handoffFieldStep } from '../handoff/steps.ts';
import { awaitsVerdict, consentPhrase, isAnswerable } from '../handoff/take-handoff-turn.ts';
import type { Ticket, TicketFile } from '../handoff/ticket.ts';
import { nameOf } from '../handoff/ticket-values.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { handoffButtons } from '../knowledge/schema/tickets.ts';
import { fill } from '../text/sentence.ts';
import { plain } from '../text/span.ts';
import { paragraph } from './blocks.ts';
import { CaseWords } from './case-words.ts';
import type { Block, Button, Message } from './message.ts';
import { cardSpans, ticketName } from './ticket-standing.ts';

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
      return presenter.askConsent(effect);
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
  readonly #case: CaseWords;

  constructor(knowledge: Knowledge, conversation: Conversation, timeZone: string) {
    this.#knowledge = knowledge;
    this.#conversation = conversation;
    this.#case = new CaseWords(knowledge, conversation, timeZone);
  }

  /** Where the ticket stands. */
  card(effect: CardEffect): Message {
    const { handoff, how } = effect;
    const asks = how !== 'in-place' && awaitsVerdict(this.#conversation, handoff);
    const blocks: readonly Block[] = [
      { kind: 'paragraph', spans: cardSpans(this.#case.texts, effect, this.#case.timeZone) },
      ...this.#wordBlocks(effect),
      ...(asks ? [{ kind: 'paragraph', spans: this.#case.say('works-now', {}) } as const] : []),
    ];
    return this.#case.message(blocks, {
      ...(asks ? { choices: [this.#case.button('works', 'primary'), this.#case.button('failing')] } : {}),
      actions:
        handoff.stage === 'cancelled' ? [this.#case.stand()] : isAnswerable(handoff) ? [this.#answer(handoff)] : [],
    });
  }

  /** What the desk's people wrote, and where they are answered. */
  #wordBlocks({ handoff, number }: CardEffect): readonly Block[] {
    const { stage, word } = handoff;
    const text: readonly Block[] =
      word?.text == null || stage === 'answered' ? [] : [{ kind: 'paragraph', spans: plain(word.text) }];
    return stage === 'replied' || stage === 'waiting'
      ? [...text, { kind: 'note', spans: this.#case.say('answer-here', { ticket: ticketName(handoff, number) }) }]
      : text;
  }

  fixFirst({ preflight, mayOverride }: EffectOf<'fix-first'>): Message {
    const reason = preflight.kind === 'no-ticket' ? 'no-ticket' : preflight.reason;
    const spans = this.#case.say('fix-first', { reason: fill(this.#case.texts.preflight[reason]) });
    return this.#case.message([{ kind: 'paragraph', spans }], {
      choices: [
        this.#case.button('continue', 'primary'),
        ...(mayOverride ? [this.#case.button('anyway', 'danger')] : []),
        this.#case.button('cancel'),
      ],
    });
  }

  askDetails({ missing, score, number }: EffectOf<'ask-details'>): Message {
    const { locale, handoff } = this.#conversation;
    const names = missing.slice(0, namedMissing).map((id) => nameOf(this.#knowledge, locale, id));
    const more = missing.length > namedMissing ? ['…'] : [];
    const spans = this.#case.say('draft', {
      number,
      score,
      desk: fill(this.#knowledge.texts[locale].desks[handoff?.desk ?? 'none'].name),
      count: missing.length,
      missing: [...names, ...more].join(this.#case.texts.list),
    });
    return this.#case.message([{ kind: 'paragraph', spans }], {
      choices: [{ ...this.#case.button('fill', 'primary'), opens: 'form' }, this.#case.button('cancel')],
    });
  }

  /** One choice for each field that was said. */
  chooseField({ details }: HandoffState): Message {
    const { locale } = this.#conversation;
    const choices = Object.entries(details)
      .filter(([, { origin }]) => origin === 'said')
      .map(([field]) => this.#case.choice(nameOf(this.#knowledge, locale, field), handoffFieldStep, field));
    return this.#case.message([{ kind: 'paragraph', spans: plain(this.#case.texts['change-what']) }], { choices });
  }

  askField({ field, handoff }: EffectOf<'ask-field'>): Message {
    const { locale } = this.#conversation;
    const words = this.#case.texts.fields[field];
    const value = handoff.details[field]?.value;
    const said = value == null ? [] : [{ kind: 'paragraph', spans: plain(words?.choices?.[value] ?? value) } as const];
    return this.#case.message([{ kind: 'heading', spans: plain(nameOf(this.#knowledge, locale, field)) }, ...said], {
      choices: [
        {
          ...this.#case.choice(this.#case.texts.buttons.fill, handoffFieldStep, field),
          style: 'primary',
          opens: 'form',
        },
      ],
    });
  }

  /** Exactly what will be sent: subject and body as they are, and the files by name. */
  showTicket(ticket: Ticket): Message {
    return this.#case.message(this.#ticketBlocks(ticket));
  }

  askConsent({ desk: { name, country }, transcript }: EffectOf<'ask-consent'>): Message {
    const blocks: readonly Block[] = [
      paragraph(this.#case.say('preview', { name, country })),
      { kind: 'note', spans: this.#case.say(consentPhrase(transcript === 'stays'), { name, country }) },
    ];
    const about = transcript === 'none' ? [] : [this.#case.button(transcript === 'goes' ? 'leave-out' : 'take-along')];
    return this.#case.message(blocks, {
      choices: [
        this.#case.button('send', 'primary'),
        this.#case.button('edit'),
        this.#case.button('files'),
        ...about,
        this.#case.button('cancel'),
      ],
    });
  }

  showFile({ name, text }: TicketFile): Message {
    return this.#case.message([
      { kind: 'heading', spans: plain(name) },
      { kind: 'code', text },
    ]);
  }

  copyTicket({ ticket, desk, why }: EffectOf<'copy-ticket'>): Message {
    const { reach } = this.#knowledge.texts[this.#conversation.locale].desks[desk];
    const blocks: readonly Block[] = [
      ...(why === 'no-route' ? [paragraph(this.#case.say('no-desk', {}))] : []),
      { kind: 'paragraph', spans: fill(reach) },
      ...this.#ticketBlocks(ticket),
    ];
    return this.#case.message(blocks, { actions: [this.#case.stand()] });
  }

  answered({ by, text, desk }: EffectOf<'answered'>): Message {
    const spans = this.#case.say('answered-by', { who: [{ kind: 'person', id: by }], name: desk.name });
    return this.#case.message([paragraph(spans), { kind: 'code', text: text.trimEnd() }]);
  }

  answerFate({ fate, answeredAt, desk, link, number, text }: EffectOf<'answer-fate'>): Message {
    const spans = this.#case.say(`answer-${fate}`, {
      time: this.#case.time(answeredAt),
      name: desk?.name ?? '',
      ticket: ticketName({ ticket: link }, number),
    });
    return this.#case.message([paragraph(spans), ...(text === null ? [] : [{ kind: 'code', text } as const])]);
  }

  /** A prompt that was pressed, as what was chosen. */
  settlePrompt(choice: string): Message {
    const { buttons } = this.#case.texts;
    const label = handoffButtons.find((button) => button === choice);
    return this.#case.message([
      {
        kind: 'paragraph',
        spans: this.#case.say('chosen', { choice: label === undefined ? choice : buttons[label] }),
      },
    ]);
  }

  #ticketBlocks({ subject, body, files }: Ticket): readonly Block[] {
    const names = files.map(({ name }) => name).join(this.#case.texts.list);
    return [
      { kind: 'code', text: `${subject}\n\n${body}` },
      { kind: 'note', spans: fill(this.#case.texts['see-file'], { files: names }) },
    ];
  }

  #answer({ generation }: HandoffState): Button {
    return { ...this.#case.choice(this.#case.texts.buttons.answer, answerStep(generation), 'answer'), opens: 'form' };
  }
}
