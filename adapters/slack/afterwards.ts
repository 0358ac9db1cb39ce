import type { Log } from '../../src/ports/log.ts';

/**
 * Work that follows an ack and on which nothing depends: showing something to one person, opening a form. A failure is
 * logged with what it was about.
 */
export class Afterwards {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  run(what: string, work: () => Promise<unknown>): void {
    const running = this.#attempt(what, work);
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }

  /** Resolves when nothing runs any more, for a graceful stop. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.warn({ what, error: error instanceof Error ? error.message : String(error) }, 'slack: not shown');
    }
  }
}
