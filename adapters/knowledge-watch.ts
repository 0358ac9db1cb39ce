import { type FSWatcher, watch } from 'node:fs';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Log } from '../src/ports/log.ts';
import { loadKeptKnowledge } from './kept-knowledge.ts';
import type { KnowledgeFolders } from './knowledge-files.ts';
import { timer } from './timer.ts';

/** The knowledge of a running process. */
export interface LiveKnowledge {
  /** The newest knowledge that was sound. */
  current(): Knowledge;
  stop(): void;
}

/** An editor writes a file in several steps, and people save several files: the knowledge is read when it has been quiet so long. */
const quietMs = 300;

/**
 * Loads the knowledge and keeps it up to date with its folders. A broken file leaves the old knowledge in use; the log says what
 * is wrong with it. Throws KnowledgeError or ConfigError when the first reading fails.
 */
export async function createKnowledge({ shipped, overlay }: KnowledgeFolders, log: Log): Promise<LiveKnowledge> {
  let current = await loadKeptKnowledge({ shipped, overlay });
  let waiting = new AbortController();
  const reload = async () => {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    await timer.sleep(quietMs, signal);
    if (signal.aborted) return;
    current = await reloaded(current, { shipped, overlay }, log);
  };
  const folders = overlay === undefined || overlay === '' ? [shipped] : [shipped, overlay];
  const watchers = folders.map((folder) => watchFolder(folder, () => void reload(), log));
  return {
    current: () => current,
    stop: () => {
      waiting.abort();
      for (const watcher of watchers) watcher?.close();
    },
  };
}

async function reloaded(current: Knowledge, { shipped, overlay }: KnowledgeFolders, log: Log): Promise<Knowledge> {
  try {
    const { loadKnowledge } = await import('./load-knowledge.ts');
    const next = loadKnowledge(shipped, overlay);
    log.info({ codes: next.codes.size, flows: next.flows.size }, 'the knowledge was read again');
    return next;
  } catch (error) {
    // Whatever it is, a running bot goes on with what it has.
    const reason = error instanceof Error ? error.message : String(error);
    log.error({}, `the knowledge on disk is not used, the old one stays: ${reason}`);
    return current;
  }
}

/** Where the system cannot watch (too many watches, a network drive), the knowledge is as it was read at the start. */
function watchFolder(folder: string, changed: () => void, log: Log): FSWatcher | undefined {
  const unwatched = (error: unknown) =>
    log.warn({ folder, reason: String(error) }, 'this folder is not watched: restart after a change');
  try {
    return watch(folder, { recursive: true, persistent: false }, changed).on('error', unwatched);
  } catch (error) {
    unwatched(error);
    return undefined;
  }
}
