import type { DeskConfig } from '../../adapters/desk-config.ts';
import type { Route } from '../../adapters/http/server.ts';
import { Words } from '../../src/message/phrases.ts';
import { locales } from '../../src/text/locale.ts';
import { holds, type Shown, type Surface } from '../contracts/chat-scenarios.ts';
import type { DiscordPeer } from '../support/discord-peer/create-discord-peer.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import type { OpenModal } from '../support/discord-peer/modal-input.ts';
import type { Answer, Person } from '../support/discord-peer/person.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { componentsOf, shown } from './shown.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const menuType = 3;

/** The surface of the chat scenarios: a person in a channel with the bot. */
export async function startSurface(desks?: DeskConfig): Promise<DiscordSurface> {
  return new DiscordSurface(await createWorkbench(desks === undefined ? {} : { desks }));
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
      await this.peer.waitFor(() => this.#private(this.person).findLast((message) => holds(shown(message), text))),
    );
  }

  place(): readonly Shown[] {
    return this.messages().map(shown);
  }

  async newest(text: string): Promise<Shown> {
    const found = await this.peer.waitFor(() => {
      const last = this.messages().at(-1);
      return last !== undefined && holds(shown(last), text) && last;
    });
    return shown(found);
  }

  async press(label: string, on = ''): Promise<void> {
    await this.act(this.person, this.#messageWith(label, on), label);
  }

  async pressFirst(label: string): Promise<void> {
    const message = this.messages().find((each) => shown(each).buttons.includes(label));
    if (message !== undefined) await this.act(this.person, message, label);
  }

  /** A long form comes in pages: the next one is opened from what this person alone sees. */
  async fill(label: string, values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    const labels = (phrase: 'next-page' | 'answer-form') =>
      locales.map((locale) => new Words(shippedKnowledge(), locale).label(phrase));
    const nextPage = labels('next-page');
    const onward = [...nextPage, ...labels('answer-form')];
    let modal = await this.#form(this.#messageWith(label, ''), label);
    for (;;) {
      const seen = this.messages().length;
      const drafts = () =>
        this.#private(this.person).filter((each) => shown(each).buttons.some((label) => onward.includes(label)));
      const before = new Set(drafts().map((each) => JSON.stringify(each)));
      const fresh = () => drafts().findLast((each) => !before.has(JSON.stringify(each)));
      const asked = Object.entries(values).filter(([field]) => JSON.stringify(modal).includes(`"${field}"`));
      await this.person.submitModal(modal, Object.fromEntries(asked));
      await this.peer.waitFor(() => this.messages().length > seen || fresh() !== undefined);
      const draft = fresh();
      if (draft === undefined) return {};
      const { text, buttons } = shown(draft);
      const next = buttons.find((each) => nextPage.includes(each));
      if (next === undefined) return Object.fromEntries(Object.keys(values).map((field) => [field, text]));
      modal = await this.#form(draft, next);
    }
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

  deskRoutes(): readonly Route[] {
    return this.workbench.deskRoutes();
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
    const found = this.messages().findLast((each) => shown(each).buttons.includes(label) && holds(shown(each), on));
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
