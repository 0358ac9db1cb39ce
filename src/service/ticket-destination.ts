import { CommentDelivery } from '../handoff/comment.ts';
import { TicketDelivery } from '../handoff/ticket.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedDelivery, DeliveryResult, Destination } from '../ports/outbox.ts';
import type { DeskFailure, TicketDesk } from '../ports/ticket-desk.ts';
import type { TicketLink, TicketRecord, TicketStore } from '../ports/ticket-store.ts';
import { afterCall, type Breaker, closedBreaker, restMs } from './breaker.ts';
import { commentErrand, type Errand, type Told, ticketErrand, ticketTryForMs } from './errand.ts';
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

const delayedAfterTries = 3;
/** Source: our ticket desk research, 3.2. */
const atOnce = 2;
const staleRetryMs = 5_000;
/** How often a comment looks whether its ticket has been decided. */
const undecidedMs = 5 * 60_000;

/**
 * Makes tickets at one desk and comments in them, each once. The record says `sent` before the first byte goes out, so that
 * after a crash what may exist is looked for and not sent again; where that cannot be known, it is held for a person.
 */
export function createTicketDestination(parts: TicketDestinationParts): Destination {
  const destination = new TicketDestination(parts);
  return {
    name: deskDestination(parts.name),
    giveUpAfterMs: 2 * ticketTryForMs,
    pace: { atOnce, most: parts.desk.abilities.perMinute, perMs: 60_000 },
    deliver: (delivery) => destination.deliver(delivery),
  };
}

type Claim = { readonly errand: Errand; readonly record: TicketRecord };

class TicketDestination {
  readonly #parts: TicketDestinationParts;
  #breaker: Breaker = closedBreaker;

  constructor(parts: TicketDestinationParts) {
    this.#parts = parts;
  }

  async deliver({ content }: ClaimedDelivery): Promise<DeliveryResult> {
    const ticket = TicketDelivery.safeParse(content);
    const comment = CommentDelivery.safeParse(content);
    try {
      if (ticket.success) return await this.#bringTicket(ticket.data);
      if (comment.success) return await this.#bringComment(comment.data);
      return { kind: 'rejected', reason: 'this is no ticket, and no comment in one' };
    } catch (error) {
      this.#parts.log.error(
        { desk: this.#parts.name, reason: error instanceof Error ? error.name : 'unknown' },
        'a ticket or a comment could not be handled',
      );
      return { kind: 'retryable', reason: 'our own store or its listeners failed' };
    }
  }

  async #bringTicket(delivery: TicketDelivery): Promise<DeliveryResult> {
    const errand = ticketErrand(this.#parts.desk, delivery);
    const record = await this.#record(errand);
    if (record.state === 'dead' && (await this.#parts.isSuperseded(delivery.conversation, record.reference)))
      return { kind: 'rejected', reason: 'dead: the conversation has asked for another ticket since' };
    return this.#move({ errand, record });
  }

  /** The ticket comes first in the lane. Where it is held, its comments wait for whoever decides it. */
  async #bringComment(delivery: CommentDelivery): Promise<DeliveryResult> {
    const { desk, tickets, name, clock } = this.#parts;
    const { ticket: reference, createdAt } = delivery.comment;
    const ticket = await tickets.load(reference, name);
    const errand = commentErrand(desk, delivery, ticket?.ticket ?? null);
    const record = await this.#record(errand);
    if (record.state === 'dead') return { kind: 'rejected', reason: 'dead: it was given back to whoever wrote it' };
    if (ticket?.state === 'created') return this.#move({ errand, record });
    const isOver = ticket?.state === 'dead' || clock.now().getTime() - Date.parse(createdAt) >= errand.tryForMs;
    return isOver
      ? this.#giveOver({ errand, record }, 'dead', 'its ticket is not at the desk')
      : { kind: 'throttled', retryAfterMs: undecidedMs };
  }

  async #record({ reference, conversation, echo }: Errand): Promise<TicketRecord> {
    const { tickets, name } = this.#parts;
    return (
      (await tickets.load(reference, name)) ?? {
        reference,
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
        ...(echo === undefined ? {} : { echo }),
        reason: null,
      }
    );
  }

  async #move(claim: Claim): Promise<DeliveryResult> {
    const { clock } = this.#parts;
    const { errand, record } = claim;
    const move = nextMove(record, errand.abilities, clock.now());
    switch (move.kind) {
      case 'done':
        return this.#created(claim);
      case 'hold':
        return this.#giveOver(claim, 'held', move.reason);
      case 'wait':
        return { kind: 'throttled', retryAfterMs: move.ms };
      case 'send':
      case 'look':
      case 'attach': {
        const rest = restMs(this.#breaker, clock.now().getTime());
        if (rest > 0) return this.#resting(claim, rest);
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

  async #send({ errand, record }: Claim): Promise<DeliveryResult> {
    const flaw = errand.flaw();
    if (flaw !== undefined) return this.#giveOver({ errand, record }, record.state === 'sent' ? 'held' : 'dead', flaw);
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
    const result = await errand.send();
    this.#learn(result.kind === 'created' ? { kind: 'well' } : result);
    if (result.kind === 'created') return this.#link({ errand, record: sent }, result.ticket);
    return this.#failed({ errand, record: result.kind === 'ambiguous' ? sent : unsent(sent, record) }, result);
  }

  async #look({ errand, record }: Claim): Promise<DeliveryResult> {
    const result = await errand.look();
    this.#learn(result.kind === 'found' ? { kind: 'well' } : result);
    // Looking makes nothing, whatever came of it.
    if (result.kind !== 'found')
      return this.#failed({ errand, record }, result.kind === 'ambiguous' ? { ...result, kind: 'retryable' } : result);
    const [oldest, ...others] = result.tickets;
    if (oldest === undefined) return this.#again({ ...record, looks: record.looks + 1 });
    if (others.length > 0)
      this.#parts.log.error(
        { desk: this.#parts.name, reference: record.reference, tickets: others.map(({ id }) => id) },
        'the desk has more than one ticket for a case',
      );
    return this.#link({ errand, record }, oldest);
  }

  /** Looked and not found: what follows is decided on the record as it is now. */
  async #again(record: TicketRecord): Promise<DeliveryResult> {
    const saved = await this.#save(record);
    return saved ? { kind: 'throttled', retryAfterMs: 0 } : { kind: 'throttled', retryAfterMs: staleRetryMs };
  }

  async #link({ errand, record }: Claim, ticket: TicketLink): Promise<DeliveryResult> {
    const complete = errand.attach === undefined;
    const linked: TicketRecord = {
      ...record,
      state: 'created',
      ticket,
      complete,
      reason: null,
      version: record.version + 1,
    };
    if ((await this.#parts.tickets.save(linked)) === 'stale') return { kind: 'throttled', retryAfterMs: staleRetryMs };
    return complete ? this.#created({ errand, record: linked }) : this.#attach({ errand, record: linked });
  }

  async #attach({ errand, record }: Claim): Promise<DeliveryResult> {
    if (record.ticket === null || errand.attach === undefined) return this.#created({ errand, record });
    const result = await errand.attach(record.ticket);
    this.#learn(result.kind === 'attached' ? { kind: 'well' } : result);
    if (result.kind !== 'attached' && result.kind !== 'rejected')
      return result.kind === 'closed'
        ? this.#resting({ errand, record }, restMs(this.#breaker, this.#parts.clock.now().getTime()))
        : result;
    if (result.kind === 'rejected')
      this.#parts.log.warn(
        { desk: this.#parts.name, reference: record.reference, reason: result.reason },
        'the desk does not take the files of a ticket',
      );
    const complete: TicketRecord = { ...record, complete: true };
    return (await this.#save(complete))
      ? this.#created({ errand, record: complete })
      : { kind: 'throttled', retryAfterMs: staleRetryMs };
  }

  async #created({ errand, record }: Claim): Promise<DeliveryResult> {
    if (record.ticket !== null) await this.#tell(errand, { kind: 'created', ticket: record.ticket });
    return { kind: 'delivered' };
  }

  async #failed({ errand, record }: Claim, failure: DeskFailure): Promise<DeliveryResult> {
    const now = this.#parts.clock.now();
    const reason = failure.kind === 'throttled' ? 'throttled' : failure.reason;
    if (failure.kind === 'rejected' && record.state !== 'sent')
      return this.#giveOver({ errand, record }, 'dead', reason);
    if (now.getTime() - Date.parse(record.triedSince ?? now.toISOString()) >= errand.tryForMs)
      return this.#giveOver({ errand, record }, record.state === 'sent' ? 'held' : 'dead', reason);
    if (!(await this.#save({ ...record, reason }))) return { kind: 'throttled', retryAfterMs: staleRetryMs };
    if (record.tries >= delayedAfterTries) await this.#tell(errand, { kind: 'delayed', tries: record.tries });
    if (failure.kind === 'closed') return this.#resting({ errand, record }, restMs(this.#breaker, now.getTime()));
    return failure.kind === 'rejected' ? { kind: 'retryable', reason } : failure;
  }

  /** The desk rests: the errand waits without a try being counted, but not for ever, and the person knows. */
  async #resting({ errand, record }: Claim, ms: number): Promise<DeliveryResult> {
    if (record.state === 'created') return { kind: 'throttled', retryAfterMs: ms };
    const now = this.#parts.clock.now();
    const since = record.triedSince ?? now.toISOString();
    if (now.getTime() - Date.parse(since) >= errand.tryForMs)
      return this.#giveOver(
        { errand, record },
        record.state === 'sent' ? 'held' : 'dead',
        record.reason ?? 'the desk does not answer',
      );
    if (record.triedSince === null && !(await this.#save({ ...record, triedSince: since })))
      return { kind: 'throttled', retryAfterMs: staleRetryMs };
    await this.#tell(errand, { kind: 'delayed', tries: record.tries });
    return { kind: 'throttled', retryAfterMs: ms };
  }

  async #giveOver({ errand, record }: Claim, state: 'held' | 'dead', reason: string): Promise<DeliveryResult> {
    const settled = record.state === state || (await this.#save({ ...record, state, reason }));
    if (!settled) return { kind: 'throttled', retryAfterMs: staleRetryMs };
    await this.#tell(errand, { kind: state, reason });
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

  async #tell(errand: Errand, told: Told): Promise<void> {
    const { report, clock, name } = this.#parts;
    const outcome = errand.outcomeOf(told);
    if (outcome !== undefined) await report({ desk: name, at: clock.now().toISOString(), ...outcome });
  }
}

/** A send that certainly made nothing: what an earlier one may have made stays as it was. */
function unsent(sent: TicketRecord, { state, sends, looks, firstSentAt, lastSentAt }: TicketRecord): TicketRecord {
  return { ...sent, state: state === 'sent' ? 'sent' : 'waiting', sends, looks, firstSentAt, lastSentAt };
}
