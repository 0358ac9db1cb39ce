import type { Timer } from '../../src/ports/timer.ts';
import { times } from './limits.ts';
import type { Permission } from './permissions.ts';
import type { Spot } from './place.ts';

/** What came of opening a conversation's place: where it stands, or what the bot would have needed for it. */
export type Opening =
  | { readonly kind: 'opened'; readonly place: Spot }
  | { readonly kind: 'refused'; readonly permissions: readonly Permission[] };

type Announce = (opening: Opening) => Promise<void>;

interface Waiting {
  readonly announce: Announce;
  readonly over: AbortController;
}

export interface AnnouncementParts {
  /** Where a conversation is held, once it is. */
  readonly findPlace: (conversation: string) => Promise<Spot | undefined>;
  readonly timer: Timer;
  /** Runs an act whose failure ends nothing else. */
  readonly run: (act: () => Promise<void>) => void;
}

/** How many people may wait for their place at once; beyond, the oldest is not told, and finds the thread in the list. */
const most = 1_000;
const firstLookMs = 1_000;

/**
 * Who is to be told where a conversation is held, once its place is there. Another process may make the place, so it is also
 * looked for, at growing intervals while the token of the answer lives. Nothing depends on it: it lives in this process.
 */
export class Announcements {
  readonly #parts: AnnouncementParts;
  readonly #waiting = new Map<string, Waiting>();

  constructor(parts: AnnouncementParts) {
    this.#parts = parts;
  }

  expect(conversation: string, announce: Announce): void {
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= most && oldest !== undefined) this.#end(oldest);
    const over = new AbortController();
    this.#waiting.set(conversation, { announce, over });
    void this.#look(conversation, over.signal);
  }

  /** Tells who waits for the conversation, once. */
  tell(conversation: string, opening: Opening): void {
    const announce = this.#end(conversation);
    if (announce !== undefined) this.#parts.run(() => announce(opening));
  }

  /** Nobody is told any more. */
  stop(): void {
    for (const conversation of this.#waiting.keys()) this.#end(conversation);
  }

  #end(conversation: string): Announce | undefined {
    const waiting = this.#waiting.get(conversation);
    this.#waiting.delete(conversation);
    waiting?.over.abort();
    return waiting?.announce;
  }

  async #look(conversation: string, over: AbortSignal): Promise<void> {
    for (let waitMs = firstLookMs; waitMs < times.tokenMs; waitMs *= 2) {
      await this.#parts.timer.sleep(waitMs, over);
      if (over.aborted) return;
      this.#parts.run(async () => {
        const place = await this.#parts.findPlace(conversation);
        if (place !== undefined) this.tell(conversation, { kind: 'opened', place });
      });
    }
    this.#end(conversation);
  }
}
