import type { Log } from '../../src/ports/log.ts';
import type { ChatDelivery, ClaimedDelivery, DeliveryResult, Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { deliveryResult, readFault, refusalOf } from './faults.ts';
import { errors } from './limits.ts';
import type { OpenPlace } from './open-place.ts';
import { platform, readSpot, type Spot, writeSpot } from './place.ts';
import type { DiscordRest } from './rest.ts';
import { type Render, sendPages } from './send.ts';

export interface DestinationParts {
  readonly rest: DiscordRest;
  readonly places: PlaceStore;
  readonly openPlace: OpenPlace;
  readonly render: Render;
  readonly log: Log;
}

/** Brings the outbox's messages to Discord: a place first, then its messages, edits of prompts, and the archiving. */
export class DiscordDestination implements Destination {
  readonly name = platform;
  readonly #parts: DestinationParts;

  constructor(parts: DestinationParts) {
    this.#parts = parts;
  }

  async deliver(delivery: ClaimedDelivery): Promise<DeliveryResult> {
    try {
      await this.#bring(delivery);
      return { kind: 'delivered' };
    } catch (error) {
      const result = deliveryResult(readFault(error));
      if (result.kind === 'rejected')
        this.#parts.log.warn({ delivery: delivery.id, reason: result.reason }, 'discord: refused');
      return result;
    }
  }

  async #bring(delivery: ClaimedDelivery): Promise<void> {
    const { content } = delivery;
    switch (content.kind) {
      case 'open':
        await this.#parts.openPlace(delivery);
        return;
      case 'post':
        return this.#post(delivery);
      case 'settle':
        return this.#settle(content);
      case 'close':
        return this.#close(content);
      default:
        content.kind satisfies never;
    }
  }

  /** A message whose place is not there, or was deleted, makes a new one. */
  async #post(delivery: ClaimedDelivery): Promise<void> {
    const { conversation, turn, message } = delivery.content;
    const at = (await this.#postInThread(delivery)) ?? (await this.#parts.openPlace(delivery, { anew: true }));
    if (message.choices !== undefined)
      await this.#parts.places.save(platform, conversation, `turn:${turn}`, writeSpot(at));
  }

  /** Sending opens an archived thread by itself. Undefined when the thread is not there. */
  async #postInThread({ id, content }: ClaimedDelivery): Promise<Spot | undefined> {
    const thread = await this.#find(content, 'thread');
    if (thread === undefined) return undefined;
    try {
      return await sendPages(this.#parts.rest, thread, this.#parts.render(content.message), id);
    } catch (error) {
      if (refusalOf(error) === errors.unknownChannel) return undefined;
      throw error;
    }
  }

  /** Edits the prompt of that turn, wherever it stands; one that is gone has nothing to settle. */
  async #settle(content: ChatDelivery): Promise<void> {
    const at = await this.#find(content, `turn:${content.turn}`);
    if (at?.message === undefined) return;
    const { channel, message } = at;
    const [page] = this.#parts.render(content.message);
    const edit = () => this.#parts.rest.edit(channel, message, page);
    try {
      await edit();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === errors.unknownMessage || refusal === errors.unknownChannel) return;
      if (refusal !== errors.archived) throw error;
      await this.#parts.rest.setArchived(channel, false);
      await edit();
    }
  }

  /** A solved conversation leaves the list of threads; a message or a moderator brings it back. */
  async #close(content: ChatDelivery): Promise<void> {
    const thread = await this.#find(content, 'thread');
    if (thread?.guild === undefined) return;
    try {
      await this.#parts.rest.setArchived(thread.channel, true);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== errors.unknownChannel && refusal !== errors.archived) throw error;
    }
  }

  async #find({ conversation }: ChatDelivery, part: string): Promise<Spot | undefined> {
    const ref = await this.#parts.places.find(platform, conversation, part);
    return ref === undefined ? undefined : readSpot(ref);
  }
}
