/** Wakes those who wait for the state of this Slack to change. */
export interface Changes {
  changed(): void;
  /** Resolves with the first result of `look` that is neither undefined nor false; `seen` describes a failure. */
  waitFor<T>(look: () => T | undefined | false, timeoutMs: number, seen: () => string): Promise<T>;
}

/** Creates the notifier. Looks are taken at once and again after each change, never on a timer. */
export function createChanges(): Changes {
  const watchers = new Set<() => void>();
  return {
    changed() {
      for (const watcher of [...watchers]) watcher();
    },
    waitFor(look, timeoutMs, seen) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          watchers.delete(watch);
          settle();
        };
        const watch = () => {
          try {
            const found = look();
            if (found !== undefined && found !== false) finish(() => resolve(found));
          } catch (error) {
            finish(() => reject(error));
          }
        };
        const timer = setTimeout(() => {
          finish(() => reject(new Error(`Nothing of the kind in ${timeoutMs} ms. Seen:\n${seen()}`)));
        }, timeoutMs);
        watchers.add(watch);
        watch();
      });
    },
  };
}
