/** What goes wrong with one Web API call. `reset-after-commit`: the call takes effect, the answer is lost. */
export type ApiFault =
  | { readonly kind: '429'; readonly retryAfterS: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'http500' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'reset-after-commit' }
  /** The call is received and recorded, but runs only when the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

/** What goes wrong with one delivery to the bot. `duplicate`: two first attempts with one id. */
export type DeliveryFault =
  | { readonly kind: 'duplicate' }
  /** The bot handles it, Slack never learns: an event comes again, an interaction fails for the person. */
  | { readonly kind: 'lose-ack' }
  /** Sent only after the next delivery was acknowledged. */
  | { readonly kind: 'after-next' }
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

export interface Faults {
  /** The next call of `method` (`*`: of any method) suffers this; several queue up. */
  next(method: string, ...faults: readonly ApiFault[]): void;
  /** The next delivery a person causes suffers this; several queue up. */
  nextDelivery(...faults: readonly DeliveryFault[]): void;
  /** Every delivery without a fault of its own suffers this, until `undefined` is given. */
  everyDelivery(fault: DeliveryFault | undefined): void;
  takeApiFault(method: string): ApiFault | undefined;
  takeDeliveryFault(): DeliveryFault | undefined;
}

/** Creates an empty plan: nothing goes wrong. */
export function createFaults(): Faults {
  const api = new Map<string, ApiFault[]>();
  const deliveries: DeliveryFault[] = [];
  let always: DeliveryFault | undefined;
  return {
    next(method, ...faults) {
      api.set(method, [...(api.get(method) ?? []), ...faults]);
    },
    nextDelivery(...faults) {
      deliveries.push(...faults);
    },
    everyDelivery(fault) {
      always = fault;
    },
    takeApiFault: (method) => api.get(method)?.shift() ?? api.get('*')?.shift(),
    takeDeliveryFault: () => deliveries.shift() ?? always,
  };
}
