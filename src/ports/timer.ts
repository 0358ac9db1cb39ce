/** The only way the services wait. */
export interface Timer {
  /** Resolves after `ms`, or at once when `signal` is or becomes aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
