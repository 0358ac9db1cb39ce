import { firstAnswer } from '../../src/conversation/answer.ts';
import type { FactValue } from '../../src/conversation/fact.ts';
import { readAddress } from '../../src/message/address.ts';
import type { Block, Button, Message } from '../../src/message/message.ts';
import { presentRefusal } from '../../src/message/present.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { presentForm } from '../../src/message/present-form.ts';
import type { Locale } from '../../src/text/locale.ts';
import { type Spans, spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from './knowledge.ts';
import { conversationIn, fillIn, happen, messagesOf, press, promptOf, stranger, type Talk, write } from './talk.ts';

/** A conversation written down as people saw it: what they did, what the bot said, which buttons it showed. */
export class Transcript {
  readonly #locale: Locale;
  readonly #lines: string[] = [];
  readonly #shown: Message[] = [];
  #talk: Talk | undefined;

  constructor(locale: Locale) {
    this.#locale = locale;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  /** Asks without a conversation: the card alone. */
  lookUp(text: string): this {
    this.#did(text);
    this.#show([
      presentAnswer(
        shippedKnowledge(),
        this.#locale,
        firstAnswer(shippedKnowledge(), text, '2026-11-22T09:00:00.000Z'),
      ),
    ]);
    return this;
  }

  start(flow: string, known: Readonly<Record<string, FactValue>> = {}): this {
    this.#did(
      `[start: ${[flow, ...Object.entries(known).map(([question, value]) => `${question} ${value}`)].join(', ')}]`,
    );
    return this.#goOn(conversationIn(flow, known, { locale: this.#locale }));
  }

  /** Presses choices of the questions that stand asked, one after the other. */
  choose(...choices: readonly string[]): this {
    for (const choice of choices) this.press(promptOf(this.#now()), choice);
    return this;
  }

  /** Presses the newest button of a step and choice. */
  press(step: string, choice: string): this {
    const button = this.#find(step, choice);
    const address = readAddress(button.address);
    this.#did(`[${button.label}]`);
    return this.#goOn(press(this.#now(), step, choice, undefined, address?.turn));
  }

  /** Opens the form of the question that stands asked and sends it. */
  fill(values: Readonly<Record<string, string>>): this {
    const form = presentForm(shippedKnowledge(), this.#now().conversation.locale, {
      conversation: 'bcdfghjkmnpqrs',
      turn: 1,
      step: promptOf(this.#now()),
      choice: 'form',
    });
    const fields = (form?.fields ?? []).map(({ id, label }) => `${label}: ${values[id] ?? ''}`);
    this.#did(`[${form?.title ?? ''}] ${fields.join(' / ')}`);
    return this.#goOn(fillIn(this.#now(), values));
  }

  write(text: string): this {
    this.#did(text);
    return this.#goOn(write(this.#now(), text));
  }

  /** Pastes a text out of which secrets were taken. */
  pasteSecret(text: string, secretsRemoved: number): this {
    this.#did(text);
    return this.#goOn(happen(this.#now(), { kind: 'wrote', text, secretsRemoved }));
  }

  /** Somebody else writes. */
  strangerWrites(text: string): this {
    this.#lines.push('', `somebody else> ${text}`);
    const { refusal } = write(this.#now(), text, stranger);
    if (refusal !== undefined)
      this.#show([presentRefusal(shippedKnowledge(), this.#now().conversation.locale, refusal)]);
    return this;
  }

  #now(): Talk {
    if (this.#talk === undefined) throw new Error('the conversation has not begun');
    return this.#talk;
  }

  #goOn(talk: Talk): this {
    this.#talk = talk;
    const { locale } = talk.conversation;
    if (talk.refusal !== undefined) this.#show([presentRefusal(shippedKnowledge(), locale, talk.refusal)]);
    else this.#show(messagesOf(talk));
    return this;
  }

  #find(step: string, choice: string): Button {
    const buttons = this.#shown.toReversed().flatMap(({ choices = [], actions = [] }) => [...choices, ...actions]);
    const found = buttons.find(({ address }) => {
      const read = readAddress(address);
      return read?.step === step && read.choice === choice;
    });
    if (found === undefined) throw new Error(`no button ${step} ${choice} was shown:\n${this.toString()}`);
    return found;
  }

  #did(what: string): void {
    this.#lines.push('', ...what.split('\n').map((line) => `you> ${line}`));
  }

  #show(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#shown.push(message);
      const { blocks, choices = [], actions = [] } = message;
      if (blocks.length === 0) continue;
      const lines = blocks.flatMap(linesOf);
      const rows = [choices, actions]
        .filter((row) => row.length > 0)
        .map((row) => row.map(({ label }) => `[${label}]`).join(' '));
      this.#lines.push('', ...[...lines, ...rows].map((line) => `  ${line}`.trimEnd()));
    }
  }
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`# ${inline(block.spans)}`];
    case 'paragraph':
      return [inline(block.spans)];
    case 'note':
      return [`(${inline(block.spans)})`];
    case 'list':
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${inline(item)}`);
    case 'code':
      return block.text.split('\n').map((line) => `| ${line}`);
    case 'fields':
      return block.fields.map(({ name, value }) => `${name}: ${inline(value)}`);
    case 'divider':
      return ['---'];
    default:
      return block satisfies never;
  }
}

function inline(spans: Spans): string {
  return spans
    .map((span) => (span.kind === 'link' ? `${span.text} <${span.url}>` : spansToText([span], (id) => `<key ${id}>`)))
    .join('');
}
