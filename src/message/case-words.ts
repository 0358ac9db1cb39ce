import type { Conversation } from '../conversation/conversation.ts';
import { localTime } from '../handoff/local-time.ts';
import { handoffStep } from '../handoff/steps.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { HandoffButton, HandoffPhrase, TicketTexts } from '../knowledge/schema/tickets.ts';
import { fill, type Values } from '../text/sentence.ts';
import type { Spans } from '../text/span.ts';
import { writeAddress } from './address.ts';
import type { Block, Button, Message } from './message.ts';
import { Words } from './phrases.ts';

/** What the messages about a case are made of: its sentences, its buttons, and times as its people read them. */
export class CaseWords {
  readonly words: Words;
  readonly texts: TicketTexts;
  readonly timeZone: string;
  readonly #conversation: Conversation;

  constructor(knowledge: Knowledge, conversation: Conversation, timeZone: string) {
    this.words = new Words(knowledge, conversation.locale);
    this.texts = this.words.texts.tickets;
    this.timeZone = timeZone;
    this.#conversation = conversation;
  }

  say(phrase: HandoffPhrase, values: Values): Spans {
    return fill(this.texts.states[phrase], values);
  }

  time(at: string): string {
    return localTime(at, this.timeZone);
  }

  button(choice: HandoffButton, style: Button['style'] = 'plain'): Button {
    return { ...this.choice(this.texts.buttons[choice], handoffStep, choice), style };
  }

  /** Shows where the diagnosis stands. */
  stand(): Button {
    return this.choice(this.words.label('stands-here'), 'nav', 'stand');
  }

  choice(label: string, step: string, choice: string): Button {
    const { id, turn } = this.#conversation;
    return { label, address: writeAddress({ conversation: id, turn, step, choice }), style: 'plain' };
  }

  message(blocks: readonly Block[], buttons: Pick<Message, 'choices' | 'actions'> = {}): Message {
    return { locale: this.#conversation.locale, blocks, ...buttons };
  }
}
