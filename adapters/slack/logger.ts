import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../src/ports/log.ts';

/** What the SDK has to say, into our log; its debug lines hold whole payloads and are dropped. */
export function boltLogger(log: Log): Logger {
  const text = (parts: readonly unknown[]) => parts.map(String).join(' ');
  return {
    debug() {},
    info() {},
    warn: (...parts: unknown[]) => log.warn({}, `slack: ${text(parts)}`),
    error: (...parts: unknown[]) => log.error({}, `slack: ${text(parts)}`),
    setLevel() {},
    setName() {},
    getLevel: () => LogLevel.WARN,
  };
}
