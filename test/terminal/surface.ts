import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import type { Route } from '../../adapters/http/server.ts';
import { newDeliveryId } from '../../adapters/ids.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { Terminal } from '../../adapters/terminal/terminal.ts';
import { timer } from '../../adapters/timer.ts';
import { readCommand } from '../../src/reading/command.ts';
import { createDeliverer, type Deliverer } from '../../src/service/deliver.ts';
import { locales } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { holds, type Shown, type Surface } from '../contracts/chat-scenarios.ts';
import { deskOf } from '../support/desk-of.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';

const log = { info() {}, warn() {}, error() {} };
const clock = { now: () => new Date() };
const owner = 'terminal';
const waitMs = 10_000;

/** What a form says of a wrong field, before it asks again. */
const problems = locales.flatMap((locale) => {
  const { interface: phrases, tickets } = shippedKnowledge().texts[locale];
  const wrong = ['needs-number', 'number-too-big', 'needs-text', 'needs-choice', 'needs-code'] as const;
  return [...Object.values(tickets.problems), ...wrong.map((phrase) => spansToText(fill(phrases[phrase])))];
});

interface Running {
  readonly store: Store;
  readonly input: PassThrough;
  readonly deliverer: Deliverer;
  readonly deskRoutes: readonly Route[];
  readonly ended: Promise<void>;
}

/** A person at the real terminal adapter: what is typed goes in as lines, what is seen is what was printed. */
export class TerminalSurface implements Surface {
  readonly #folder = mkdtempSync(join(tmpdir(), 'licence-desk-surface-'));
  #screens: string[] = [];
  #placeFrom: number | undefined;
  #inForm = false;
  #running: Running | undefined;
  readonly #changes = new PassThrough({ objectMode: true }).resume();

  readonly #desks: DeskConfig | undefined;

  constructor(desks?: DeskConfig) {
    this.#desks = desks;
  }

  static async start(desks?: DeskConfig): Promise<TerminalSurface> {
    const surface = new TerminalSurface(desks);
    surface.#running = await surface.#open();
    await surface.#until(() => surface.#screens.length > 0);
    return surface;
  }

  async #open(): Promise<Running> {
    const store = await createStore(`sqlite:${join(this.#folder, 'desk.db')}`, log);
    const input = new PassThrough();
    const output = new Writable({
      write: (chunk, _, done) => {
        const text = String(chunk).trim();
        if (text !== '') this.#screens.push(text);
        this.#changes.emit('screen');
        done();
      },
    });
    const terminal = new Terminal({
      input,
      output,
      interactive: false,
      locale: 'en',
      expandKey,
      newReceipt: newDeliveryId,
      commandOf: (text) => readCommand(shippedKnowledge(), text),
    });
    await store.outbox.release(owner);
    const { bot, ticketDesks } = await deskOf(store, clock, log, this.#desks);
    const deliverer = createDeliverer({
      outbox: store.outbox,
      destinations: [terminal, ...ticketDesks.destinations],
      clock,
      timer,
      random: Math.random,
      log,
      owner,
    });
    deliverer.start();
    return { store, input, deliverer, deskRoutes: ticketDesks.routes, ended: terminal.run(bot, store.conversations) };
  }

  async lookUp(text: string): Promise<Shown> {
    const seen = this.#screens.length;
    if (text.trim() === '') return shown(this.#screens.at(-1));
    this.#type(text);
    await this.#until(() => this.#screens.length > seen);
    return shown(this.#screens.at(-1));
  }

  async pressCard(label: string): Promise<void> {
    this.#placeFrom = this.#screens.length;
    this.#type(markOf(this.#screens.at(-1), label));
  }

  async told(text: string): Promise<Shown> {
    await this.#until(() => this.#screens.some((screen) => screen.includes(text)));
    return shown(this.#screens.findLast((screen) => screen.includes(text)));
  }

  place(): readonly Shown[] {
    return this.#placeFrom === undefined ? [] : this.#screens.slice(this.#placeFrom).map(shown);
  }

  async newest(text: string): Promise<Shown> {
    await this.#until(() => holds(shown(this.#screens.at(-1)), text));
    return shown(this.#screens.at(-1));
  }

  /** The marks are those of the newest screen; what an earlier one offered is said in words. */
  async press(label: string): Promise<void> {
    const newest = this.#screens.at(-1);
    this.#type(shown(newest).buttons.includes(label) ? markOf(newest, label) : label);
  }

  pressFirst(): Promise<void> {
    throw new Error('old prompts of a terminal have scrolled away');
  }

  /** The terminal asks the fields in a row, and a wrong one again: the form then is still open. */
  async fill(label: string, values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    if (!this.#inForm) await this.press(label);
    for (const value of Object.values(values)) {
      const seen = this.#screens.length;
      if (!this.#inForm) await this.#until(() => this.#screens.length > seen);
      this.#type(value);
    }
    const seen = this.#screens.length;
    await this.#until(() => this.#screens.length > seen);
    const asked = this.#screens[seen] ?? '';
    this.#inForm = shown(asked).buttons.length === 0 && problems.some((problem) => asked.startsWith(problem));
    return this.#inForm
      ? Object.fromEntries(Object.keys(values).map((field) => [field, this.#screens[seen] ?? '']))
      : {};
  }

  async write(text: string): Promise<void> {
    this.#type(['```', text, '```'].join('\n'));
  }

  pressAsStranger(): Promise<string> {
    throw new Error('a terminal has one person');
  }

  redeliver(): Promise<void> {
    throw new Error('a terminal repeats nothing');
  }

  async stored(): Promise<string> {
    const { database } = this.#opened().store;
    const tables = ['conversation', 'turn_log', 'receipt', 'outbox', 'place'] as const;
    return JSON.stringify(
      await Promise.all(tables.map((table) => database.read(database.sql.selectFrom(table).selectAll()))),
    );
  }

  deskRoutes(): readonly Route[] {
    return this.#opened().deskRoutes;
  }

  async restart(): Promise<void> {
    await this.#end();
    this.#running = await this.#open();
  }

  async stop(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const { input, ended, deliverer, store } = this.#opened();
    input.end();
    await ended;
    await deliverer.stop();
    await store.close();
  }

  #opened(): Running {
    if (this.#running === undefined) throw new Error('the terminal was not started');
    return this.#running;
  }

  #type(text: string): void {
    this.#opened().input.write(`${text}\n`);
  }

  async #until(holds: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(waitMs);
    while (!holds()) await once(this.#changes, 'screen', { signal });
  }
}

const button = /^ {2,3}(\d{1,2}|[a-z]) {2}(.+)$/;

function shown(screen = ''): Shown {
  const lines = screen.split('\n');
  return {
    text: lines.filter((line) => !button.test(line)).join('\n'),
    buttons: lines.flatMap((line) => button.exec(line)?.[2] ?? []),
  };
}

function markOf(screen: string | undefined, label: string): string {
  const line = screen?.split('\n').find((each) => button.exec(each)?.[2] === label);
  const mark = line === undefined ? undefined : button.exec(line)?.[1];
  if (mark === undefined) throw new Error(`nothing is called ${label} in:\n${screen}`);
  return mark;
}
