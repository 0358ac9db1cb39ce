import { Words } from '../../src/message/phrases.ts';
import type { Shown, Surface } from '../contracts/chat-scenarios.ts';
import type { DiscordPeer } from '../support/discord-peer/create-discord-peer.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import type { OpenModal } from '../support/discord-peer/modal-input.ts';
import type { Answer, Person } from '../support/discord-peer/person.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { componentsOf, shown } from './shown.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const menuType = 3;

/** The surface of the chat scenarios: a person in a channel with the bot. */
export async function startSurface(): Promise<DiscordSurface> {
  return new DiscordSurface(await createWorkbench());
}

export class DiscordSurface implements Surface {
  readonly workbench: Workbench;
  readonly person: Person;
  readonly #stranger: Person;

  constructor(workbench: Workbench, locale = 'en-US') {
    this.workbench = workbench;
    this.person = workbench.peer.user('requester', { locale });
    this.#stranger = workbench.peer.user('stranger');
  }

  get peer(): DiscordPeer {
    return this.workbench.peer;
  }

  get help(): string {
    return this.peer.channel('help');
  }

  async lookUp(text: string): Promise<Shown> {
    const answer = await this.person.slash(this.help, 'licence', { query: text });
    return shown(await this.peer.waitFor(() => answer.original()));
  }

  async pressCard(label: string): Promise<void> {
    const card = this.peer
      .ephemeral(this.help, this.person.id)
      .findLast((message) => shown(message).buttons.includes(label));
    if (card !== undefined) await this.act(this.person, card, label);
  }

  async told(text: string): Promise<Shown> {
    return shown(
      await this.peer.waitFor(() =>
        this.#private(this.person).findLast((message) => shown(message).text.includes(text)),
      ),
    );
  }

  place(): readonly Shown[] {
    return this.messages().map(shown);
  }

  async newest(text: string): Promise<Shown> {
    const found = await this.peer.waitFor(() => {
      const last = this.messages().at(-1);
      return last !== undefined && shown(last).text.includes(text) && last;
    });
    return shown(found);
  }

  async press(label: string, on = ''): Promise<void> {
    await this.act(this.person, this.#messageWith(label, on), label);
  }

  async fill(label: string, values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    const modal = await this.#form(this.#messageWith(label, ''), label);
    const [told, seen] = [this.#private(this.person).length, this.messages().length];
    await this.person.submitModal(modal, values);
    const problem = this.#private(this.person)[told];
    if (problem !== undefined)
      return Object.fromEntries(Object.keys(values).map((field) => [field, shown(problem).text]));
    await this.peer.waitFor(() => this.messages().length > seen);
    return {};
  }

  async write(text: string): Promise<void> {
    const label = new Words(shippedKnowledge(), 'en').label('paste-output');
    const modal = await this.#form(this.#messageWith(label, ''), label);
    await this.person.submitModal(modal, { paste: text });
  }

  async pressAsStranger(label: string): Promise<string> {
    const answer = await this.act(this.#stranger, this.#messageWith(label, ''), label);
    return shown(await this.peer.waitFor(() => answer.original())).text;
  }

  /** The gateway never repeats an event that was taken; a broken line may. */
  async redeliver(): Promise<void> {
    this.peer.gateway.repeatLast();
  }

  async stored(): Promise<string> {
    const { database } = this.workbench.store();
    const tables = ['conversation', 'turn_log', 'receipt', 'outbox', 'place'] as const;
    return JSON.stringify(
      await Promise.all(tables.map((table) => database.read(database.sql.selectFrom(table).selectAll()))),
    );
  }

  restart(): Promise<void> {
    return this.workbench.restart();
  }

  stop(): Promise<void> {
    return this.workbench.end();
  }

  /** What the bot wrote in the threads of the channel, oldest first. */
  messages(): readonly PeerMessage[] {
    const threads = this.peer.threads(this.help);
    return threads.flatMap(({ id }) => this.peer.messages(id)).filter(({ author }) => author.id === this.peer.botId);
  }

  async act(person: Person, message: PeerMessage, label: string): Promise<Answer> {
    const menu = componentsOf(message).find(
      (each) => each.type === menuType && JSON.stringify(each.options).includes(JSON.stringify(label)),
    );
    if (menu === undefined) return person.press(message, label);
    const options = Array.isArray(menu.options) ? menu.options : [];
    const value = options.find((option) => option.label === label)?.value;
    return person.select(message, String(menu.custom_id), [String(value)]);
  }

  #private(person: Person): readonly PeerMessage[] {
    return [this.help, ...this.peer.threads(this.help).map(({ id }) => id)].flatMap((channel) =>
      this.peer.ephemeral(channel, person.id),
    );
  }

  #messageWith(label: string, on: string): PeerMessage {
    const found = this.messages().findLast(
      (each) => shown(each).buttons.includes(label) && shown(each).text.includes(on),
    );
    if (found === undefined)
      throw new Error(`nothing to press "${label}" on: ${JSON.stringify(this.place(), null, 1)}`);
    return found;
  }

  async #form(message: PeerMessage, label: string): Promise<OpenModal> {
    const { modal } = await this.act(this.person, message, label);
    if (modal === undefined) throw new Error(`"${label}" opened no form`);
    return modal;
  }
}
