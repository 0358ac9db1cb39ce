import type { Spot } from './place.ts';

type Announce = (thread: Spot) => Promise<void>;

/** How many people may wait for their place at once; beyond, the oldest is not told, and finds the thread in the list. */
const most = 1_000;

/** Who is to be told where a conversation is held, once its place is there. Nothing depends on it: it lives in this process. */
export class Announcements {
  readonly #waiting = new Map<string, Announce>();

  expect(conversation: string, announce: Announce): void {
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= most && oldest !== undefined) this.#waiting.delete(oldest);
    this.#waiting.set(conversation, announce);
  }

  async tell(conversation: string, thread: Spot): Promise<void> {
    const announce = this.#waiting.get(conversation);
    this.#waiting.delete(conversation);
    await announce?.(thread);
  }
}
