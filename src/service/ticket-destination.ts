import { sealTicket } from '../handoff/seal.ts';
import { type Ticket, TicketDelivery } from '../handoff/ticket.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedDelivery, DeliveryResult, Destination } from '../ports/outbox.ts';
import type { DeskFailure, DeskLimits, TicketDesk } from '../ports/ticket-desk.ts';
import type { TicketLink, TicketRecord, TicketStore } from '../ports/ticket-store.ts';
import { afterCall, type Breaker, closedBreaker, restMs } from './breaker.ts';
import { nextMove } from './ticket-move.ts';
import type { TicketOutcome } from './ticket-outcome.ts';

export interface TicketDestinationParts {
  /** The desk's name in DESK_CONFIG; the destination is `desk:<name>`. */
  readonly name: string;
  readonly desk: TicketDesk;
  readonly tickets: TicketStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the conversation has asked for another ticket since: then a dead one is not taken up again. */
  readonly isSuperseded: (conversation: string, reference: string) => Promise<boolean>;
  /** Tells the conversation. What it throws is tried again with the delivery. */
  readonly report: (outcome: TicketOutcome) => Promise<void>;
}

/** The name under which the outbox knows a desk. */
export function deskDestination(desk: string): string {
  return `desk:${desk}`;
}

/** The desk of a destination; undefined where it is none. */
export function deskOfDestination(destination: string): string | undefined {
  const prefix = deskDestination('');
  return destination.startsWith(prefix) ? destination.slice(prefix.length) : undefined;
}

/** Source: our ticket desk research, 3.2: a creation is tried for a day. */
const tryForMs = 24 * 60 * 60_000;
const delayedAfterTries = 3;
/** Source: the same. */
const atOnce = 2;
const staleRetryMs = 5_000;

/**
 * Makes tickets at one desk, each once. The record says `sent` before the first byte goes out, so that after a crash a
 * ticket that may exist is looked for and not sent again; where that cannot be known, it is held for a person.
 */
export function createTicketDestination(parts: TicketDestinationParts): Destination {
  const destination = new TicketDestination(parts);
  return {
    name: deskDestination(parts.name),
    giveUpAfterMs: 2 * tryForMs,
    pace: { atOnce, most: parts.desk.abilities.ticketsPerMinute, perMs: 60_000 },
    deliver: (delivery) => destination.deliver(delivery),
  };
}

type Claim = { readonly delivery: TicketDelivery; readonly record: TicketRecord };

class TicketDestination {
  readonly #parts: TicketDestinationParts;
  #breaker: Breaker = closedBreaker;

  constructor(parts: TicketDestinationParts) {
    this.#parts = parts;
  }

  async deliver({ content }: ClaimedDelivery): Promise<DeliveryResult> {
    const parsed = TicketDelivery.safeParse(content);
    if (!parsed.success) return { kind: 'rejected', reason: 'this is no ticket' };
    try {
      const delivery = parsed.data;
      const record = await this.#record(delivery);
      if (record.state === 'dead' && (await this.#parts.isSuperseded(delivery.conversation, record.reference)))
        return { kind: 'rejected', reason: 'dead: the conversation has asked for another ticket since' };
      return await this.#move({ delivery, record });
    } catch (error) {
      this.#parts.log.error(
        { desk: this.#parts.name, reason: error instanceof Error ? error.name : 'unknown' },
        'a ticket could not be handled',
      );
      return { kind: 'retryable', reason: 'our own store or its listeners failed' };
    }
  }

  async #record({ ticket, conversation }: TicketDelivery): Promise<TicketRecord> {
    const { tickets, name } = this.#parts;
    return (
      (await tickets.load(ticket.reference, name)) ?? {
        reference: ticket.reference,
        desk: name,
        conversation,
        version: 0,
        state: 'waiting',
        sends: 0,
        looks: 0,
        tries: 0,
        triedSince: null,
        firstSentAt: null,
        lastSentAt: null,
        ticket: null,
        complete: false,
        reason: null,
      }
    );
  }

  async #move(claim: Claim): Promise<DeliveryResult> {
    const { desk, clock } = this.#parts;
    const { record } = claim;
    const move = nextMove(record, desk.abilities, clock.now());
    switch (move.kind) {
      case 'done':
        return this.#created(record);
      case 'hold':
        return this.#giveOver(record, 'held', move.reason);
      case 'wait':
        return { kind: 'throttled', retryAfterMs: move.ms };
      case 'send':
      case 'look':
      case 'attach': {
        const rest = restMs(this.#breaker, clock.now().getTime());
        if (rest > 0) return this.#resting(record, rest);
        return this.#call(claim, move.kind);
      }
      default:
        return move satisfies never;
    }
  }

  #call(claim: Claim, move: 'send' | 'look' | 'attach'): Promise<DeliveryResult> {
    switch (move) {
      case 'send':
        return this.#send(claim);
      case 'look':
        return this.#look(claim);
      case 'attach':
        return this.#attach(claim);
      default:
        return move satisfies never;
    }
  }

  async #send({ delivery, record }: Claim): Promise<DeliveryResult> {
    const seal = sealTicket(delivery.ticket);
    if (seal.kind === 'unsafe')
      return this.#giveOver(
        record,
        record.state === 'sent' ? 'held' : 'dead',
        `a secret stands in: ${seal.parts.join(', ')}`,
      );
    const tooLarge = overLimit(delivery.ticket, this.#parts.desk.abilities.limits);
    if (tooLarge !== undefined) return this.#giveOver(record, record.state === 'sent' ? 'held' : 'dead', tooLarge);
    const now = this.#parts.clock.now().toISOString();
    const sent: TicketRecord = {
      ...record,
      version: record.version + 1,
      state: 'sent',
      sends: record.sends + 1,
      looks: 0,
      tries: record.tries + 1,
      triedSince: record.state === 'dead' ? now : (record.triedSince ?? now),
      firstSentAt: record.firstSentAt ?? now,
      lastSentAt: now,
    };
    if ((await this.#parts.tickets.save(sent)) === 'stale') return { kind: 'throttled', retryAfterMs: staleRetryMs };
    const result = await this.#parts.desk.create(delivery.ticket);
    this.#learn(result.kind === 'created' ? { kind: 'well' } : result);
    if (result.kind === 'created') return this.#link({ delivery, record: sent }, result.ticket);
    return this.#failed(result.kind === 'ambiguous' ? sent : unsent(sent, record), result);
  }

  async #look({ delivery, record }: Claim): Promise<DeliveryResult> {
    const result = await this.#parts.desk.find(delivery.ticket);
    this.#learn(result.kind === 'found' ? { kind: 'well' } : result);
    // Looking makes no ticket, whatever came of it.
    if (result.kind !== 'found')
      return this.#failed(record, result.kind === 'ambiguous' ? { ...result, kind: 'retryable' } : result);
    const [oldest, ...others] = result.tickets;
    if (oldest === undefined) return this.#again({ ...record, looks: record.looks + 1 });
    if (others.length > 0)
      this.#parts.log.error(
        { desk: this.#parts.name, reference: record.reference, tickets: others.map(({ id }) => id) },
        'the desk has more than one ticket for a case',
      );
    return this.#link({ delivery, record }, oldest);
  }

  /** Looked and not found: what follows is decided on the record as it is now. */
  async #again(record: TicketRecord): Promise<DeliveryResult> {
    const saved = await this.#save(record);
    return saved ? { kind: 'throttled', retryAfterMs: 0 } : { kind: 'throttled', retryAfterMs: staleRetryMs };
  }

  async #link({ delivery, record }: Claim, ticket: TicketLink): Promise<DeliveryResult> {
    const complete = this.#parts.desk.attach === undefined || delivery.ticket.files.length === 0;
    const linked: TicketRecord = {
      ...record,
      state: 'created',
      ticket,
      complete,
      reason: null,
      version: record.version + 1,
    };
    if ((await this.#parts.tickets.save(linked)) === 'stale') return { kind: 'throttled', retryAfterMs: staleRetryMs };
    return complete ? this.#created(linked) : this.#attach({ delivery, record: linked });
  }

  async #attach({ delivery, record }: Claim): Promise<DeliveryResult> {
    const { desk } = this.#parts;
    if (record.ticket === null || desk.attach === undefined) return this.#created(record);
    const result = await desk.attach(record.ticket, delivery.ticket);
    this.#learn(result.kind === 'attached' ? { kind: 'well' } : result);
    if (result.kind !== 'attached' && result.kind !== 'rejected')
      return result.kind === 'closed'
        ? this.#resting(record, restMs(this.#breaker, this.#parts.clock.now().getTime()))
        : result;
    if (result.kind === 'rejected')
      this.#parts.log.warn(
        { desk: this.#parts.name, reference: record.reference, reason: result.reason },
        'the desk does not take the files of a ticket',
      );
    const complete: TicketRecord = { ...record, complete: true };
    return (await this.#save(complete)) ? this.#created(complete) : { kind: 'throttled', retryAfterMs: staleRetryMs };
  }

  async #created(record: TicketRecord): Promise<DeliveryResult> {
    if (record.ticket !== null) await this.#tell(record, { kind: 'created', ticket: record.ticket });
    return { kind: 'delivered' };
  }

  async #failed(record: TicketRecord, failure: DeskFailure): Promise<DeliveryResult> {
    const now = this.#parts.clock.now();
    const reason = failure.kind === 'throttled' ? 'throttled' : failure.reason;
    if (failure.kind === 'rejected' && record.state !== 'sent') return this.#giveOver(record, 'dead', reason);
    if (now.getTime() - Date.parse(record.triedSince ?? now.toISOString()) >= tryForMs)
      return this.#giveOver(record, record.state === 'sent' ? 'held' : 'dead', reason);
    if (!(await this.#save({ ...record, reason }))) return { kind: 'throttled', retryAfterMs: staleRetryMs };
    if (record.tries >= delayedAfterTries) await this.#tell(record, { kind: 'delayed', tries: record.tries });
    if (failure.kind === 'closed') return this.#resting(record, restMs(this.#breaker, now.getTime()));
    return failure.kind === 'rejected' ? { kind: 'retryable', reason } : failure;
  }

  /** The desk rests: the ticket waits without a try being counted, but not for ever, and the person knows. */
  async #resting(record: TicketRecord, ms: number): Promise<DeliveryResult> {
    if (record.state === 'created') return { kind: 'throttled', retryAfterMs: ms };
    const now = this.#parts.clock.now();
    const since = record.triedSince ?? now.toISOString();
    if (now.getTime() - Date.parse(since) >= tryForMs)
      return this.#giveOver(
        record,
        record.state === 'sent' ? 'held' : 'dead',
        record.reason ?? 'the desk does not answer',
      );
    if (record.triedSince === null && !(await this.#save({ ...record, triedSince: since })))
      return { kind: 'throttled', retryAfterMs: staleRetryMs };
    await this.#tell(record, { kind: 'delayed', tries: record.tries });
    return { kind: 'throttled', retryAfterMs: ms };
  }

  async #giveOver(record: TicketRecord, state: 'held' | 'dead', reason: string): Promise<DeliveryResult> {
    const settled = record.state === state || (await this.#save({ ...record, state, reason }));
    if (!settled) return { kind: 'throttled', retryAfterMs: staleRetryMs };
    await this.#tell(record, { kind: state, reason });
    return { kind: 'rejected', reason: `${state}: ${reason}` };
  }

  async #save(record: TicketRecord): Promise<boolean> {
    return (await this.#parts.tickets.save({ ...record, version: record.version + 1 })) === 'saved';
  }

  #learn(result: DeskFailure | { readonly kind: 'well' }): void {
    const { clock, log, name } = this.#parts;
    if (result.kind === 'closed')
      log.error(
        { desk: name, reason: result.reason },
        'the desk takes nothing until it or its configuration is changed',
      );
    this.#breaker = afterCall(this.#breaker, result, clock.now().getTime());
  }

  #tell({ conversation, reference }: TicketRecord, outcome: Told): Promise<void> {
    return this.#parts.report({
      conversation,
      reference,
      desk: this.#parts.name,
      at: this.#parts.clock.now().toISOString(),
      ...outcome,
    });
  }
}

type Told =
  | { readonly kind: 'created'; readonly ticket: TicketLink }
  | { readonly kind: 'delayed'; readonly tries: number }
  | { readonly kind: 'held' | 'dead'; readonly reason: string };

/** What a desk would cut or refuse is not sent: the person has it to copy. */
function overLimit({ body, files }: Ticket, limits: DeskLimits): string | undefined {
  if (body.length > limits.body) return `the text has ${body.length} characters, the desk takes ${limits.body}`;
  const bytes = files.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
  return bytes > limits.filesBytes ? `the files have ${bytes} bytes, the desk takes ${limits.filesBytes}` : undefined;
}

/** A send that certainly made nothing: what an earlier one may have made stays as it was. */
function unsent(sent: TicketRecord, { state, sends, looks, firstSentAt, lastSentAt }: TicketRecord): TicketRecord {
  return { ...sent, state: state === 'sent' ? 'sent' : 'waiting', sends, looks, firstSentAt, lastSentAt };
}
