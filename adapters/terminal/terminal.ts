import type { Readable, Writable } from 'node:stream';
import type { Button, Field, FieldProblems, Message } from '../../src/message/message.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { ClaimedDelivery, DeliveryResult, Destination, PlaceDelivery } from '../../src/ports/outbox.ts';
import type { Bot, Origin, Outcome } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import { readMessages } from './lines.ts';
import { renderField, renderMessage } from './render.ts';

/** The one workspace and the one person of a terminal. */
const workspace = 'terminal:local';
const person = { id: 'terminal:you', role: 'user' } as const;

export interface TerminalParts {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person sits at the keyboard, rather than a file or a pipe. */
  readonly interactive: boolean;
  readonly locale: Locale;
  readonly expandKey: (id: string) => string;
  /** The command that a text is nothing but, in any of its wordings: `back`, 戻る. */
  readonly commandOf: (text: string) => string | undefined;
  readonly newReceipt: () => string;
}

type Messages = AsyncGenerator<string>;

/** The bot in a terminal: the same conversation as in a chat, with numbers for buttons. */
export class Terminal implements Destination {
  readonly name = 'terminal';
  readonly #parts: TerminalParts;
  #buttons: ReadonlyMap<string, Button> = new Map();
  #conversation: string | undefined;
  /** The language of what was shown last: a card in Japanese begins a conversation in Japanese. */
  #locale: Locale;
  #status: string | undefined;
  readonly #delivered = new Set<string>();
  #arrival = Promise.withResolvers<void>();

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    this.#locale = parts.locale;
  }

  async deliver({ id, content }: ClaimedDelivery): Promise<DeliveryResult> {
    this.#conversation = content.kind === 'close' ? undefined : content.conversation;
    if (content.kind === 'open' || content.kind === 'status' || (content.kind === 'post' && !this.#isTold(content)))
      this.#show(content.message);
    this.#status = content.kind === 'status' ? JSON.stringify(content.message) : undefined;
    this.#delivered.add(id);
    this.#arrival.resolve();
    return { kind: 'delivered' };
  }

  /** Nothing is edited here: news of a ticket was just shown as its new status. */
  #isTold({ message }: PlaceDelivery): boolean {
    return JSON.stringify(message) === this.#status;
  }

  /** Talks until the input ends. An open conversation is taken up where it stands. */
  async run(bot: Bot, store: ConversationStore): Promise<void> {
    const open = await store.openOf(workspace, person.id);
    if (open === undefined) this.#show(bot.lookUp('', this.#locale));
    else await this.#settle(await bot.resume(this.#origin(), open.id));
    const messages = readMessages(this.#parts.input, this.#parts.interactive);
    this.#prompt();
    for (let entered = await messages.next(); entered.done !== true; entered = await messages.next()) {
      if (entered.value.trim() !== '') await this.#enter(bot, entered.value, messages);
      this.#prompt();
    }
  }

  async #enter(bot: Bot, text: string, messages: Messages): Promise<void> {
    const button = this.#buttonOf(text.normalize('NFKC').trim().toLowerCase());
    if (button?.opens !== undefined) await this.#fill(bot, button, messages);
    else if (button !== undefined) await this.#settle(await bot.press(this.#origin(), button.address));
    else if (this.#conversation !== undefined)
      await this.#settle(await bot.write(this.#origin(), this.#conversation, text));
    else this.#show(bot.lookUp(text, this.#locale));
  }

  /** The button a mark or a label presses; on a card, where no conversation takes commands yet, also the command it is named for. */
  #buttonOf(typed: string): Button | undefined {
    const { commandOf } = this.#parts;
    const buttons = [...this.#buttons.values()];
    const command = this.#conversation === undefined ? commandOf(typed) : undefined;
    return (
      this.#buttons.get(typed) ??
      buttons.find(({ label }) => label.toLowerCase() === typed) ??
      (command === undefined ? undefined : buttons.find(({ label }) => commandOf(label) === command))
    );
  }

  /** Asks a form's fields one after the other, and the wrong ones again. A command leaves the form. */
  async #fill(bot: Bot, button: Button, messages: Messages): Promise<void> {
    const form = await bot.formAt(this.#origin(), button.address);
    if (form === undefined) return this.#settle(await bot.press(this.#origin(), button.address));
    const values: Record<string, string> = {};
    let asking: readonly Field[] = form.fields;
    let problems: FieldProblems = {};
    while (asking.length > 0) {
      for (const field of asking) {
        const problem = problems[field.id];
        this.#write(`\n${problem === undefined ? '' : `${problem}\n`}${renderField(field)}`);
        this.#prompt();
        const entered = await messages.next();
        if (entered.done === true) return;
        if (this.#conversation !== undefined && this.#parts.commandOf(entered.value) !== undefined)
          return this.#settle(await bot.write(this.#origin(), this.#conversation, entered.value));
        values[field.id] = readField(field, entered.value);
      }
      const submission = await bot.submit(this.#origin(), form.address, values);
      if (submission.kind !== 'problems') return this.#settle(submission);
      problems = submission.problems;
      asking = form.fields.filter(({ id }) => id in problems);
    }
  }

  /** Shows what came of an act: a private answer at once, a turn when the outbox has brought all of it. */
  async #settle(outcome: Outcome): Promise<void> {
    if (outcome.kind === 'turned') {
      while (!outcome.deliveries.every((id) => this.#delivered.has(id))) {
        this.#arrival = Promise.withResolvers<void>();
        await this.#arrival.promise;
      }
    } else if (outcome.kind === 'duplicate') for (const message of outcome.messages) this.#show(message);
    else if ('message' in outcome) this.#show(outcome.message);
  }

  #show(message: Message): void {
    this.#locale = message.locale;
    const screen = renderMessage(message, { expandKey: this.#parts.expandKey, styled: this.#parts.interactive });
    if (screen.buttons.size > 0) this.#buttons = screen.buttons;
    if (screen.text !== '') this.#write(`\n${screen.text}`);
  }

  #prompt(): void {
    if (this.#parts.interactive) this.#parts.output.write('\n> ');
  }

  #write(text: string): void {
    this.#parts.output.write(`${text}\n`);
  }

  #origin(): Origin {
    const { newReceipt } = this.#parts;
    return {
      receipt: `terminal:${newReceipt()}`,
      actor: person,
      workspace,
      venue: workspace,
      locale: this.#locale,
    };
  }
}

function readNumber(text: string): string | undefined {
  return /^\s*(\d{1,2})\s*$/.exec(text.normalize('NFKC'))?.[1];
}

function readField(field: Field, text: string): string {
  if (field.kind !== 'choice') return text;
  return (
    field.choices[Number(readNumber(text)) - 1]?.id ??
    field.choices.find(({ label }) => label === text.trim())?.id ??
    text
  );
}
