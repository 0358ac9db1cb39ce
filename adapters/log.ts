import pino from 'pino';
import type { Log } from '../src/ports/log.ts';
import { redact } from '../src/reading/redact.ts';

/** The process's log: JSON lines on standard error. Every string that leaves is redacted once more. */
export function createLog(level: string): Log {
  return pino(
    { level, hooks: { streamWrite: (line) => redact(line).text } },
    pino.destination({ dest: 2, sync: true }),
  );
}
