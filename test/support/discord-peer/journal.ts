/** Thrown when what a test waited for did not come. The message names what was seen instead. */
export class WaitTimeout extends Error {}

/** What happened in the peer, a line an event, and a way to wait for more of it. */
export interface Journal {
  readonly lines: readonly string[];
  note(line: string): void;
  /**
   * Resolves with the first result of `predicate` that is neither false nor undefined. It is asked now and after every
   * event, never on a timer; after `timeoutMs` of real time it rejects with a {@link WaitTimeout}.
   */
  waitFor<T>(predicate: () => T | undefined | false, timeoutMs?: number): Promise<T>;
}

export function createJournal(): Journal {
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  return {
    lines,
    note(line) {
      lines.push(line);
      for (const listener of [...listeners]) listener();
    },
    waitFor(predicate, timeoutMs = 15_000) {
      const from = lines.length;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(ask);
          reject(new WaitTimeout(describe(predicate, timeoutMs, lines, from)));
        }, timeoutMs);
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          listeners.delete(ask);
          settle();
        };
        const ask = (): void => {
          try {
            const found = predicate();
            if (found !== undefined && found !== false) end(() => resolve(found));
          } catch (cause) {
            end(() => reject(cause));
          }
        };
        listeners.add(ask);
        ask();
      });
    },
  };
}

function describe(predicate: () => unknown, timeoutMs: number, lines: readonly string[], from: number): string {
  const seen = lines.slice(Math.max(0, from - 5)).slice(-40);
  const list = seen.length > 0 ? seen.map((line) => `  ${line}`).join('\n') : '  nothing';
  return `waited ${timeoutMs} ms for ${predicate}\nseen:\n${list}`;
}
