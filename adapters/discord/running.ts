import type { Log } from '../../src/ports/log.ts';

/** The acts under way. A failure that reaches here is a defect of ours or of a payload: it is logged, and ends only its act. */
export class Running {
  readonly #log: Log;
  readonly #acts = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  run(what: string, act: () => Promise<void>): void {
    const done = act().catch((error: unknown) =>
      this.#log.error({ what, reason: String(error) }, 'discord: an act failed'),
    );
    this.#acts.add(done);
    void done.then(() => this.#acts.delete(done));
  }

  /** Resolves when nothing runs any more, for a graceful stop. */
  async settled(): Promise<void> {
    while (this.#acts.size > 0) await Promise.all(this.#acts);
  }
}
