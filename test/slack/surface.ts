import type { DeskConfig } from '../../adapters/desk-config.ts';
import type { Route } from '../../adapters/http/server.ts';
import { holds, type Shown, type Surface } from '../contracts/chat-scenarios.ts';
import type { SlackPeer } from '../support/slack-peer/create-slack-peer.ts';
import { elementsOf } from '../support/slack-peer/elements.ts';
import type { Person } from '../support/slack-peer/person.ts';
import type { PeerMessage } from '../support/slack-peer/world.ts';
import { shown } from './shown.ts';
import { createWorkbench, type TransportKind, type Workbench } from './workbench.ts';

/** The surface of the chat scenarios: a person in a channel with the bot. */
export async function startSurface(kind: TransportKind, desks?: DeskConfig): Promise<SlackSurface> {
  const workbench = await createWorkbench(kind, desks === undefined ? {} : { desks });
  return new SlackSurface(workbench, 'C1', 'U1', 'U2');
}

export class SlackSurface implements Surface {
  readonly #workbench: Workbench;
  readonly #channel: string;
  readonly #person: Person;
  readonly #stranger: string;

  constructor(workbench: Workbench, channel: string, person: string, stranger: string) {
    this.#workbench = workbench;
    this.#channel = channel;
    this.#person = workbench.peer.user(person);
    this.#stranger = stranger;
  }

  get #peer(): SlackPeer {
    return this.#workbench.peer;
  }

  async lookUp(text: string): Promise<Shown> {
    const before = this.#peer.ephemeral(this.#person.id).length;
    await this.#person.slash(this.#channel, '/licence', text);
    return shown(await this.#peer.waitFor(() => this.#peer.ephemeral(this.#person.id)[before]));
  }

  async pressCard(label: string): Promise<void> {
    const card = this.#peer.ephemeral(this.#person.id).findLast((message) => shown(message).buttons.includes(label));
    if (card !== undefined) await this.#act(this.#person, card, label);
  }

  async told(text: string): Promise<Shown> {
    return shown(
      await this.#peer.waitFor(() =>
        this.#peer.ephemeral(this.#person.id).findLast((message) => holds(shown(message), text)),
      ),
    );
  }

  place(): readonly Shown[] {
    return this.#messages().map(shown);
  }

  async newest(text: string): Promise<Shown> {
    return shown(await this.#waitForNewest(text));
  }

  async press(label: string, on = ''): Promise<void> {
    const message = this.#messages().findLast((each) => shown(each).buttons.includes(label) && holds(shown(each), on));
    if (message === undefined)
      throw new Error(`nothing to press "${label}" on: ${JSON.stringify(this.place(), null, 1)}`);
    await this.#act(this.#person, message, label);
  }

  async pressFirst(label: string): Promise<void> {
    const message = this.#messages().find((each) => shown(each).buttons.includes(label));
    if (message !== undefined) await this.#act(this.#person, message, label);
  }

  async fill(label: string, values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    await this.press(label);
    const view = await this.#peer.waitFor(() => this.#peer.views(this.#person.id).at(-1));
    const { errors } = await this.#person.submitView(view, values);
    if (errors !== undefined && Object.keys(errors).length > 0) await this.#person.closeView(view);
    return errors ?? {};
  }

  async write(text: string): Promise<void> {
    const [head] = this.#messages();
    await this.#person.say(this.#channel, text, head === undefined ? {} : { threadTs: head.ts });
  }

  async pressAsStranger(label: string): Promise<string> {
    const before = this.#peer.ephemeral(this.#stranger).length;
    const message = this.#messages().findLast((each) => shown(each).buttons.includes(label));
    if (message === undefined) throw new Error(`no button "${label}"`);
    await this.#act(this.#peer.user(this.#stranger), message, label);
    return shown(await this.#peer.waitFor(() => this.#peer.ephemeral(this.#stranger)[before])).text;
  }

  async redeliver(): Promise<void> {
    const last = this.#peer.deliveries.findLast(({ parcel }) => JSON.stringify(parcel).includes('block_actions'));
    if (last !== undefined) await this.#peer.redeliver(last);
  }

  async stored(): Promise<string> {
    const { database } = this.#workbench.store();
    const tables = ['conversation', 'turn_log', 'receipt', 'outbox', 'place'] as const;
    const rows = await Promise.all(tables.map((table) => database.read(database.sql.selectFrom(table).selectAll())));
    return JSON.stringify(rows);
  }

  deskRoutes(): readonly Route[] {
    return this.#workbench.deskRoutes();
  }

  restart(): Promise<void> {
    return this.#workbench.restart();
  }

  stop(): Promise<void> {
    return this.#workbench.end();
  }

  /** The conversation's messages: in its thread, without what people wrote. */
  #messages(): readonly PeerMessage[] {
    return this.#peer.messages(this.#channel).filter(({ bot_id }) => bot_id !== undefined);
  }

  #waitForNewest(text: string): Promise<PeerMessage> {
    return this.#peer.waitFor(() => {
      const last = this.#messages().at(-1);
      return last !== undefined && holds(shown(last), text) && last;
    });
  }

  async #act(person: Person, message: PeerMessage, label: string): Promise<void> {
    const button = elementsOf(message).some((element) => element.type === 'button' && element.label === label);
    if (button) await person.press(message, label);
    else await person.selectOption(message, menuWith(message, label), label);
  }
}

function menuWith(message: PeerMessage, label: string): string {
  const menu = elementsOf(message).find(({ element }) =>
    JSON.stringify(element.options ?? []).includes(JSON.stringify(label)),
  );
  return menu?.actionId ?? label;
}
