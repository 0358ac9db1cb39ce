import type { Conversation } from '../conversation/conversation.ts';
import type { AgentEffect, Lapsed } from '../handoff/handoff-effect.ts';
import { localTime } from '../handoff/local-time.ts';
import { handoffStep } from '../handoff/steps.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { HandoffButton, HandoffPhrase, TicketTexts } from '../knowledge/schema/tickets.ts';
import { fill, type Values } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { writeAddress } from './address.ts';
import { paragraph } from './blocks.ts';
import type { Block, Button, Message } from './message.ts';
import { Words } from './phrases.ts';
import { cardSpans } from './present-handoff.ts';
import { problemOf, triedLine } from './tried.ts';

/** Turns what concerns the help desk's people into its message; `admit` has none. Pure. */
export function presentAgents(
  knowledge: Knowledge,
  conversation: Conversation,
  effect: AgentEffect,
  timeZone: string,
): Message | undefined {
  const presenter = new AgentPresenter(knowledge, conversation, timeZone);
  switch (effect.kind) {
    case 'called':
      return presenter.called(effect.number);
    case 'call':
      return presenter.call(effect);
    case 'claimed':
      return presenter.claimed(effect.claim);
    case 'released':
      return presenter.released(effect);
    case 'lapsed':
      return presenter.lapsed(effect);
    case 'unheard':
      return presenter.unheard(effect);
    case 'note':
      return presenter.note(effect);
    case 'aside':
      return presenter.aside(effect);
    case 'admit':
    case 'watch':
      return undefined;
    default:
      return effect satisfies never;
  }
}

/** The card with the way to the conversation's place, where there is one to go. */
export function withWay(knowledge: Knowledge, message: Message, url: string | undefined): Message {
  if (url === undefined) return message;
  const text = new Words(knowledge, message.locale).label('place-link');
  return { ...message, blocks: [...message.blocks, paragraph([{ kind: 'link', text, url }])] };
}

type EffectOf<Kind extends AgentEffect['kind']> = Extract<AgentEffect, { kind: Kind }>;

class AgentPresenter {
  readonly #words: Words;
  readonly #conversation: Conversation;
  readonly #texts: TicketTexts;
  readonly #timeZone: string;

  constructor(knowledge: Knowledge, conversation: Conversation, timeZone: string) {
    this.#words = new Words(knowledge, conversation.locale);
    this.#conversation = conversation;
    this.#texts = this.#words.texts.tickets;
    this.#timeZone = timeZone;
  }

  called(number: string): Message {
    return this.#message([paragraph(this.#say('called', { number }))]);
  }

  /** That nobody knows, and what is left: the ticket, the case that stands above, or the one that follows. */
  unheard({ number, goesOn }: EffectOf<'unheard'>): Message {
    const blocks = [
      paragraph(this.#say('unheard', { number })),
      ...(goesOn === 'copy' ? [] : [paragraph(this.#say(`unheard-${goesOn}`, {}))]),
    ];
    return this.#message(blocks, goesOn === 'ticket' ? { actions: [this.#button('continue')] } : {});
  }

  /** Who asks, for what, what is known, what was tried, and who has it. */
  call({ number, claim, lapsed, handOver, card, over }: EffectOf<'call'>): Message {
    const { requester } = this.#conversation;
    const { known, tried, code, flow } = handOver;
    const blocks: Block[] = [
      { kind: 'heading', spans: plain(`${number} · ${problemOf(this.#words, code, flow)}`) },
      paragraph(this.#say('call', { who: who(requester) })),
    ];
    const fields = known
      .filter(({ value }) => value !== 'unsure')
      .map(({ question, value }) => ({
        name: this.#words.questionName(question),
        value: plain(this.#words.value(question, value)),
      }));
    if (fields.length > 0) blocks.push({ kind: 'fields', fields });
    if (tried.length > 0)
      blocks.push({ kind: 'list', ordered: false, items: tried.map((round) => plain(triedLine(this.#words, round))) });
    if (lapsed !== null) blocks.push(paragraph(this.#say('open-again', this.#silence(lapsed))));
    if (claim !== null) blocks.push(paragraph(this.#say('taken', this.#when(claim.by, claim.at))));
    if (card !== null) blocks.push(paragraph(cardSpans(this.#texts, card, this.#timeZone)));
    if (over !== null) return this.#message([...blocks, paragraph(this.#say(over, {}))]);
    const note: Button = { ...this.#button('note'), opens: 'form' };
    return this.#message(blocks, {
      choices: claim === null ? [this.#button('claim', 'primary'), note] : [note, this.#button('release')],
    });
  }

  claimed({ by, at }: EffectOf<'claimed'>['claim']): Message {
    return this.#message([paragraph(this.#say('claimed', this.#when(by, at)))], {
      actions: [{ ...this.#button('note'), opens: 'form' }, this.#button('release')],
    });
  }

  released({ by, at }: EffectOf<'released'>): Message {
    return this.#message([paragraph(this.#say('released', this.#when(by, at)))], { actions: [this.#stand()] });
  }

  lapsed(effect: EffectOf<'lapsed'>): Message {
    return this.#message([paragraph(this.#say('lapsed', this.#silence(effect)))], { actions: [this.#stand()] });
  }

  note({ by, text }: EffectOf<'note'>): Message {
    return this.#message([paragraph(this.#say('note-by', { who: who(by) })), paragraph(plain(text))]);
  }

  aside({ number, by, text }: EffectOf<'aside'>): Message {
    return this.#message([paragraph(this.#say('aside-by', { who: who(by), number })), paragraph(plain(text))]);
  }

  #stand(): Button {
    const { id, turn } = this.#conversation;
    return this.#words.button('stands-here', writeAddress({ conversation: id, turn, step: 'nav', choice: 'stand' }));
  }

  #silence({ by, hours }: Lapsed): Values {
    return { who: who(by), hours };
  }

  #when(by: string, at: string): Values {
    return { who: who(by), time: localTime(at, this.#timeZone) };
  }

  #say(phrase: HandoffPhrase, values: Values): Spans {
    return fill(this.#texts.states[phrase], values);
  }

  #button(choice: HandoffButton, style: Button['style'] = 'plain'): Button {
    const { id, turn } = this.#conversation;
    const address = writeAddress({ conversation: id, turn, step: handoffStep, choice });
    return { label: this.#texts.buttons[choice], address, style };
  }

  #message(blocks: readonly Block[], buttons: Pick<Message, 'choices' | 'actions'> = {}): Message {
    return { locale: this.#conversation.locale, blocks, ...buttons };
  }
}

function who(id: string): Spans {
  return [{ kind: 'person', id }];
}
