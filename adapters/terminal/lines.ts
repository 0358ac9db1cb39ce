import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How long lines may follow each other and still be one paste. A person types slower, a terminal pastes faster. */
const pasteGapMs = 40;
const fence = /^(```|""")\s*$/;

/**
 * The messages a person enters. From a keyboard, lines that arrive together are one paste; from a file or pipe, each
 * line is a message of its own. Lines between two fences (``` or """) are one message in both.
 */
export async function* readMessages(input: Readable, interactive: boolean): AsyncGenerator<string> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  let next = lines.next();
  for (;;) {
    const first = await next;
    if (first.done === true) return;
    next = lines.next();
    const gathered = [first.value];
    if (fence.test(first.value)) {
      gathered.pop();
      for (let line = await next; line.done !== true; line = await next) {
        next = lines.next();
        if (fence.test(line.value)) break;
        gathered.push(line.value);
      }
    } else if (interactive) {
      for (let line = await soon(next); line !== undefined && line.done !== true; line = await soon(next)) {
        gathered.push(line.value);
        next = lines.next();
      }
    }
    yield gathered.join('\n');
  }
}

async function soon<Value>(pending: Promise<Value>): Promise<Value | undefined> {
  const gap = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => gap.resolve(undefined), pasteGapMs);
  try {
    return await Promise.race([pending, gap.promise]);
  } finally {
    clearTimeout(timer);
  }
}
