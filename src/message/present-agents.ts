import type { Conversation } from '../conversation/conversation.ts';
import type { AgentEffect, Lapsed } from '../handoff/handoff-effect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Values } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { paragraph } from './blocks.ts';
import { CaseWords } from './case-words.ts';
import type { Block, Button, Message } from './message.ts';
import { Words } from './phrases.ts';
import { cardSpans } from './ticket-standing.ts';
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
  readonly #conversation: Conversation;
  readonly #case: CaseWords;

  constructor(knowledge: Knowledge, conversation: Conversation, timeZone: string) {
    this.#conversation = conversation;
    this.#case = new CaseWords(knowledge, conversation, timeZone);
  }

  called(number: string): Message {
    return this.#case.message([paragraph(this.#case.say('called', { number }))]);
  }

  /** That nobody knows, and what is left: the ticket, the case that stands above, or the one that follows. */
  unheard({ number, goesOn }: EffectOf<'unheard'>): Message {
    const blocks = [
      paragraph(this.#case.say('unheard', { number })),
      ...(goesOn === 'copy' ? [] : [paragraph(this.#case.say(`unheard-${goesOn}`, {}))]),
    ];
    return this.#case.message(blocks, goesOn === 'ticket' ? { actions: [this.#case.button('continue')] } : {});
  }

  /** Who asks, for what, what is known, what was tried, and who has it. */
  call({ number, claim, lapsed, handOver, card, over }: EffectOf<'call'>): Message {
    const { requester } = this.#conversation;
    const { known, tried, code, flow } = handOver;
    const blocks: Block[] = [
      { kind: 'heading', spans: plain(`${number} · ${problemOf(this.#case.words, code, flow)}`) },
      paragraph(this.#case.say('call', { who: who(requester) })),
    ];
    const fields = known
      .filter(({ value }) => value !== 'unsure')
      .map(({ question, value }) => ({
        name: this.#case.words.questionName(question),
        value: plain(this.#case.words.value(question, value)),
      }));
    if (fields.length > 0) blocks.push({ kind: 'fields', fields });
    if (tried.length > 0)
      blocks.push({
        kind: 'list',
        ordered: false,
        items: tried.map((round) => plain(triedLine(this.#case.words, round))),
      });
    if (lapsed !== null) blocks.push(paragraph(this.#case.say('open-again', this.#silence(lapsed))));
    if (claim !== null) blocks.push(paragraph(this.#case.say('taken', this.#when(claim.by, claim.at))));
    if (card !== null) blocks.push(paragraph(cardSpans(this.#case.texts, card, this.#case.timeZone)));
    if (over !== null) return this.#case.message([...blocks, paragraph(this.#case.say(over, {}))]);
    const note: Button = { ...this.#case.button('note'), opens: 'form' };
    return this.#case.message(blocks, {
      choices: claim === null ? [this.#case.button('claim', 'primary'), note] : [note, this.#case.button('release')],
    });
  }

  claimed({ by, at }: EffectOf<'claimed'>['claim']): Message {
    return this.#case.message([paragraph(this.#case.say('claimed', this.#when(by, at)))], {
      actions: [{ ...this.#case.button('note'), opens: 'form' }, this.#case.button('release')],
    });
  }

  released({ by, at }: EffectOf<'released'>): Message {
    return this.#case.message([paragraph(this.#case.say('released', this.#when(by, at)))], {
      actions: [this.#case.stand()],
    });
  }

  lapsed(effect: EffectOf<'lapsed'>): Message {
    return this.#case.message([paragraph(this.#case.say('lapsed', this.#silence(effect)))], {
      actions: [this.#case.stand()],
    });
  }

  note({ by, text }: EffectOf<'note'>): Message {
    return this.#case.message([paragraph(this.#case.say('note-by', { who: who(by) })), paragraph(plain(text))]);
  }

  aside({ number, by, text }: EffectOf<'aside'>): Message {
    return this.#case.message([
      paragraph(this.#case.say('aside-by', { who: who(by), number })),
      paragraph(plain(text)),
    ]);
  }

  #silence({ by, hours }: Lapsed): Values {
    return { who: who(by), hours };
  }

  #when(by: string, at: string): Values {
    return { who: who(by), time: this.#case.time(at) };
  }
}

function who(id: string): Spans {
  return [{ kind: 'person', id }];
}
