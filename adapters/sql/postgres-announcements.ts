import pg from 'pg';
import type { Log } from '../../src/ports/log.ts';

/** The channel on which processes tell each other that deliveries were added; the payload is the sender. */
export const announcements = 'licence_desk_outbox';

const firstRetryMs = 500;
const longestRetryMs = 30_000;

/**
 * Keeps one connection that listens, and makes it again when it is lost. `heard` is called with the sender, and with an empty
 * one after a reconnection, since announcements may have been missed. Returns how to stop.
 */
export function listenForAnnouncements(url: string, log: Log, heard: (sender: string) => void): () => Promise<void> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  let stopped = false;

  async function connect(): Promise<void> {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'licence-desk listen',
    });
    client.on('error', (error) =>
      log.warn({ reason: error.message }, 'the connection that hears of deliveries was lost'),
    );
    client.on('notification', ({ payload = '' }) => heard(payload));
    client.once('end', again);
    try {
      await client.connect();
      await client.query(`listen ${announcements}`);
      retryMs = firstRetryMs;
      heard('');
    } catch {
      // `end` follows a failed connection too; a failed `listen` has to end it.
      await client.end().catch(() => {});
    }
  }

  function again(): void {
    if (stopped || retry !== undefined) return;
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, retryMs);
    retryMs = Math.min(longestRetryMs, retryMs * 2);
  }

  void connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => {});
  };
}
