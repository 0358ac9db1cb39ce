import { setTimeout as sleep } from 'node:timers/promises';

/** What a question to Slack gives, or undefined when it takes longer than `ms`: an ack does not wait for more. */
export async function within<T>(ms: number, asking: Promise<T>): Promise<T | undefined> {
  const answered = new AbortController();
  try {
    return await Promise.race([asking, sleep(ms, undefined, { signal: answered.signal })]);
  } finally {
    answered.abort();
  }
}
