import { createStore } from '../../adapters/sql/store.ts';
import { conversation, resumed } from './samples.ts';
import { silentLog } from './silent-log.ts';

/**
 * A process that commits turns of one conversation, beside others that do the same, and writes as JSON how many were
 * committed and what stopped it. Its words: database URL, name, number of turns, size of a turn in characters.
 */
const [url = '', name = '', turns = '0', size = '0'] = process.argv.slice(2);
let committed = 0;
let stoppedBy: string | null = null;
try {
  const store = await createStore(url, silentLog);
  while (committed < Number(turns)) {
    const version = (await store.conversations.load('shared'))?.turn ?? 0;
    const number = version + 1;
    const next = conversation('shared', number, { venue: 'x'.repeat(Number(size)) });
    const write = {
      version,
      conversation: next,
      event: resumed(number, name),
      deliveries: [],
      receipt: `${name}:${committed}`,
    };
    if ((await store.conversations.commit(write)) === 'committed') committed += 1;
  }
  await store.close();
} catch (error) {
  stoppedBy = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
process.stdout.write(JSON.stringify({ committed, stoppedBy }));
