import type { Destination } from '../ports/outbox.ts';
import { Pump, type PumpParts, reasonOf } from './pump.ts';

export interface DelivererParts extends PumpParts {
  readonly destinations: readonly Destination[];
}

export interface Deliverer {
  /** Begins to deliver what is due, and goes on as commits add more. */
  start(): void;
  /** Takes nothing more, waits for what is under way, at most `stopWithinMs`, and lets go of the rest. */
  stop(): Promise<void>;
}

/** The process has ten seconds in all. */
const stopWithinMs = 9_000;

/** Delivers the outbox: in order within a lane, lanes side by side, each destination at its own pace. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const pumps = parts.destinations.map((destination) => new Pump(parts, destination));
  let deafen = () => {};
  return {
    start() {
      deafen = parts.outbox.onWake(() => {
        for (const pump of pumps) pump.wake();
      });
      for (const pump of pumps) pump.start();
    },
    async stop() {
      deafen();
      const finished = Promise.all(pumps.map((pump) => pump.finish()));
      const patience = new AbortController();
      await Promise.race([finished, parts.timer.sleep(stopWithinMs, patience.signal)]);
      patience.abort();
      try {
        await parts.outbox.release(parts.owner);
      } catch (error) {
        parts.log.warn({ reason: reasonOf(error) }, 'the leases could not be let go; they run out by themselves');
      }
    },
  };
}
