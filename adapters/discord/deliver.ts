import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Log } from '../../src/ports/log.ts';
import type {
  AdmitDelivery,
  ClaimedDelivery,
  DeliveryResult,
  Destination,
  PlaceDelivery,
  StatusDelivery,
} from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { awaited } from '../awaited.ts';
import { AgentChannel } from './agent-channel.ts';
import { deliveryResult, readFault, refusalOf } from './faults.ts';
import { errors } from './limits.ts';
import type { OpenPlace, Posted } from './open-place.ts';
import { findSpot, platform, type Spot, writeSpot } from './place.ts';
import type { DiscordRest } from './rest.ts';
import { edit, inOpenThread, type Render, sendPages } from './send.ts';

export interface DestinationParts {
  readonly rest: DiscordRest;
  readonly places: PlaceStore;
  readonly openPlace: OpenPlace;
  readonly render: Render;
  readonly knowledge: () => Knowledge;
  readonly log: Log;
}

/** Answers after which a conversation goes on in a place of its own anew: the thread is gone, locked, or closed to the bot. */
const outOfReach: readonly number[] = [
  errors.unknownChannel,
  errors.threadLocked,
  errors.missingAccess,
  errors.missingPermissions,
];

/** Answers to archiving a thread that is gone, archived already, or locked by a moderator. */
const closedAlready: readonly number[] = [errors.unknownChannel, errors.archived, errors.missingPermissions];

/** Brings the outbox's messages to Discord: a place first, then its messages, edits of prompts, and the archiving. */
export class DiscordDestination implements Destination {
  readonly name = platform;
  readonly #parts: DestinationParts;
  readonly #agents: AgentChannel;

  constructor(parts: DestinationParts) {
    this.#parts = parts;
    this.#agents = new AgentChannel(parts);
  }

  async deliver(delivery: ClaimedDelivery): Promise<DeliveryResult> {
    try {
      return (await this.#bring(delivery)) ?? { kind: 'delivered' };
    } catch (error) {
      const result = deliveryResult(readFault(error));
      if (result.kind === 'rejected')
        this.#parts.log.warn({ delivery: delivery.id, reason: result.reason }, 'discord: refused');
      return result;
    }
  }

  /** Undefined where it was brought. */
  async #bring({ content, ...delivery }: ClaimedDelivery): Promise<DeliveryResult | undefined> {
    switch (content.kind) {
      case 'open':
        await this.#parts.openPlace({ ...delivery, content });
        return undefined;
      case 'post': {
        const at = await this.#post({ ...delivery, content });
        if (content.message.choices !== undefined) await this.#keep(content.conversation, `turn:${content.turn}`, at);
        return undefined;
      }
      case 'settle':
        return this.#settle(content, delivery.attempts);
      case 'status':
        return this.#status({ ...delivery, content });
      case 'call':
        return this.#agents.call({ ...delivery, content });
      case 'aside':
        return this.#agents.aside(delivery.id, content);
      case 'admit':
        return this.#admit(content);
      case 'close':
        return this.#close(content);
      case 'ticket':
      case 'comment':
      case 'watch':
        return { kind: 'rejected', reason: `a ${content.kind} is not for Discord` };
      default:
        return content satisfies never;
    }
  }

  /** A message whose place is not there, or out of reach, makes a new one. */
  async #post(delivery: ClaimedDelivery<Posted>): Promise<Spot> {
    return (await this.#postInThread(delivery)) ?? this.#parts.openPlace(delivery, { anew: true });
  }

  /** Sending opens an archived thread by itself. Undefined when nothing can be sent there. */
  async #postInThread({ id, content }: ClaimedDelivery<Posted>): Promise<Spot | undefined> {
    const thread = await this.#find(content.conversation, 'thread');
    if (thread === undefined) return undefined;
    try {
      return await sendPages(this.#parts.rest, thread, this.#parts.render(content.message), id);
    } catch (error) {
      if (outOfReach.includes(refusalOf(error) ?? 0)) return undefined;
      throw error;
    }
  }

  /** Edits the prompt of that turn, wherever it stands; one that is gone has nothing to settle. */
  async #settle({ conversation, turn, message }: PlaceDelivery, attempts: number): Promise<DeliveryResult | undefined> {
    const at = await this.#find(conversation, `turn:${turn}`);
    if (at === undefined) return awaited(attempts, 'prompt');
    await edit(this.#parts.rest, at, this.#parts.render(message));
    return undefined;
  }

  /** Edits the one message that says where the ticket stands; where it is gone, or a new one is wanted, posts it. */
  async #status(delivery: ClaimedDelivery<StatusDelivery>): Promise<undefined> {
    const { conversation, message, anew } = delivery.content;
    const at = anew ? undefined : await this.#find(conversation, 'status');
    if (at !== undefined && (await edit(this.#parts.rest, at, this.#parts.render(message)))) return;
    await this.#keep(conversation, 'status', await this.#post(delivery));
  }

  /** Lets somebody into the thread. In direct messages nobody else can be let in. */
  async #admit({ conversation, person }: AdmitDelivery): Promise<undefined> {
    const thread = await this.#find(conversation, 'thread');
    if (thread?.guild === undefined) return;
    const { rest } = this.#parts;
    await inOpenThread(rest, thread.channel, () => rest.join(thread.channel, person));
  }

  /** A solved conversation leaves the list of threads; a message or a moderator brings it back. */
  async #close({ conversation }: PlaceDelivery): Promise<undefined> {
    const thread = await this.#find(conversation, 'thread');
    if (thread?.guild === undefined) return;
    try {
      await this.#parts.rest.setArchived(thread.channel, true);
    } catch (error) {
      if (!closedAlready.includes(refusalOf(error) ?? 0)) throw error;
    }
  }

  #find(conversation: string, part: string): Promise<Spot | undefined> {
    return findSpot(this.#parts.places, conversation, part);
  }

  async #keep(conversation: string, part: string, at: Spot): Promise<void> {
    await this.#parts.places.save(platform, conversation, part, writeSpot(at));
  }
}
