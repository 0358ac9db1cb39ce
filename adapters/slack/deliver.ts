import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type {
  ClaimedDelivery,
  DeliveryResult,
  Destination,
  PlaceDelivery,
  StatusDelivery,
} from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { awaited } from '../awaited.ts';
import { AgentChannel } from './agent-channel.ts';
import { platform } from './platform.ts';
import { Posting, type PostingParts, type Sent } from './posting.ts';
import { directWith, findSpot, isDirect, readSpot, type Spot, writeSpot } from './spot.ts';

export interface SlackDestinationParts extends PostingParts {
  readonly places: PlaceStore;
}

/** A delivery that brings a message into the place. */
type Posted = PlaceDelivery | StatusDelivery;
/** Remembers where a message stands now. */
type Keep = (sent: Sent) => Promise<void>;
const nothing: Keep = async () => {};

/** Answers after which the thread is gone, and not the channel. */
const goneThreads: readonly string[] = ['thread_not_found', 'cannot_reply_to_message'];

/** Brings the outbox's messages to Slack: a head message, then its thread; in direct messages one after the other. */
export class SlackDestination implements Destination {
  readonly name = platform;
  readonly #parts: SlackDestinationParts;
  readonly #posting: Posting;
  readonly #agents: AgentChannel;

  constructor(parts: SlackDestinationParts) {
    this.#parts = parts;
    this.#posting = new Posting(parts);
    this.#agents = new AgentChannel({ ...parts, posting: this.#posting });
  }

  async deliver(delivery: ClaimedDelivery): Promise<DeliveryResult> {
    const { id } = delivery;
    try {
      const result = await this.#bring(delivery);
      if (result.kind === 'delivered' || result.kind === 'rejected') this.#posting.forget(id);
      return result;
    } catch (error) {
      this.#parts.log.error({ delivery: id, error: String(error) }, 'slack: delivery broke');
      return { kind: 'ambiguous', reason: String(error) };
    }
  }

  async #bring({ content, ...delivery }: ClaimedDelivery): Promise<DeliveryResult> {
    const { id } = delivery;
    switch (content.kind) {
      case 'open':
        return (await this.#place(content.conversation, 'head')) === undefined
          ? this.#open(id, content, nothing)
          : { kind: 'delivered' };
      case 'post':
        return this.#post(id, content, (sent) => this.#keepPrompt(content, sent));
      case 'settle':
        return this.#settle(content, delivery.attempts);
      case 'status':
        return this.#status(id, content);
      case 'call':
        return this.#agents.call({ ...delivery, content });
      case 'aside':
        return this.#agents.aside(id, content);
      case 'close':
      // Whoever is in a channel reads its threads already, and nobody can be let into a direct conversation.
      case 'admit':
        return { kind: 'delivered' };
      case 'ticket':
      case 'comment':
      case 'watch':
        return { kind: 'rejected', reason: `a ${content.kind} is not for Slack` };
      default:
        return content satisfies never;
    }
  }

  async #open(id: string, content: Posted, keep: Keep): Promise<DeliveryResult> {
    const venue = await this.#freeVenue(readSpot(content.venue));
    const opened = await this.#posting.send(id, venue, content.message);
    if ('ts' in opened) return this.#keepPlace(content, opened, venue, keep);
    return isGoneThread(opened) && venue.ts !== undefined
      ? this.#openAgain(id, content, venue, keep)
      : this.#elsewhere(opened, id, content, venue, keep);
  }

  /** A thread holds one conversation: a second one that begins in it gets a thread of its own. */
  async #freeVenue(venue: Spot): Promise<Spot> {
    if (venue.ts === undefined) return venue;
    const holder = await this.#parts.places.conversationAt(platform, 'thread', writeSpot(venue));
    return holder === undefined ? venue : { ...venue, ts: undefined };
  }

  /** Where a channel takes nothing, for whatever reason, the requester shall hear it all the same: in direct messages. */
  #elsewhere(
    result: DeliveryResult,
    id: string,
    content: Posted,
    from: Spot,
    keep: Keep,
  ): DeliveryResult | Promise<DeliveryResult> {
    const refused = result.kind === 'rejected' && !isDirect(from.channel);
    return refused ? this.#openDirectly(id, content, from, keep) : result;
  }

  /** Goes on in the requester's direct messages, and says why. */
  async #openDirectly(id: string, content: Posted, from: Spot, keep: Keep): Promise<DeliveryResult> {
    const { message } = content;
    const words = new Words(this.#parts.knowledge(), message.locale);
    const why: Message = {
      ...message,
      blocks: [{ kind: 'paragraph', spans: words.say('not-in-channel') }, ...message.blocks],
    };
    const direct = { installation: from.installation, channel: directWith(content.requester), ts: undefined };
    // What was begun in the channel is no part of what is said here.
    this.#posting.forget(id);
    const opened = await this.#posting.send(id, direct, why);
    return 'ts' in opened ? this.#keepPlace(content, opened, direct, keep) : opened;
  }

  async #post(id: string, content: Posted, keep: Keep): Promise<DeliveryResult> {
    const thread = await this.#place(content.conversation, 'thread');
    if (thread === undefined) return this.#open(id, content, keep);
    const sent = await this.#posting.send(id, thread, content.message);
    if ('ts' in sent) {
      await keep(sent);
      return { kind: 'delivered' };
    }
    if (isGoneThread(sent)) return this.#openAgain(id, content, thread, keep);
    return this.#elsewhere(sent, id, content, thread, keep);
  }

  /** The head message was deleted: the message becomes a new one, in the channel itself. */
  async #openAgain(id: string, content: Posted, { installation, channel }: Spot, keep: Keep): Promise<DeliveryResult> {
    const room = { installation, channel, ts: undefined };
    const opened = await this.#posting.send(id, room, content.message);
    if ('ts' in opened) return this.#keepPlace(content, opened, room, keep);
    return this.#elsewhere(opened, id, content, room, keep);
  }

  async #settle({ conversation, turn, message }: PlaceDelivery, attempts: number): Promise<DeliveryResult> {
    const at = await this.#place(conversation, `turn:${turn}`);
    if (at === undefined) return awaited(attempts, 'prompt') ?? { kind: 'delivered' };
    return (await this.#edited(at, message)) ?? { kind: 'delivered' };
  }

  /** Edits the one message that says where the ticket stands; where it is gone, or a new one is wanted, posts it. */
  async #status(id: string, content: StatusDelivery): Promise<DeliveryResult> {
    const { conversation, message, anew } = content;
    const at = anew ? undefined : await this.#place(conversation, 'status');
    const edited = at === undefined ? undefined : await this.#edited(at, message);
    if (edited !== undefined) return edited;
    return this.#post(id, content, (sent) =>
      this.#parts.places.save(platform, conversation, 'status', writeSpot(sent)),
    );
  }

  /** Undefined where nothing is left to edit. */
  async #edited(at: Spot, message: Message): Promise<DeliveryResult | undefined> {
    const { ts } = at;
    if (ts === undefined) return undefined;
    const result = await this.#posting.edit({ ...at, ts }, message);
    return result.kind === 'gone' ? undefined : result;
  }

  /** The head message makes the place: its own thread, the thread it was posted into, or a direct conversation. */
  async #keepPlace({ conversation }: Posted, head: Sent, into: Spot, keep: Keep): Promise<DeliveryResult> {
    const thread = { ...head, ts: isDirect(head.channel) ? undefined : (into.ts ?? head.ts) };
    await this.#parts.places.save(platform, conversation, 'thread', writeSpot(thread));
    await this.#parts.places.save(platform, conversation, 'head', writeSpot(head));
    await keep(head);
    return { kind: 'delivered' };
  }

  async #keepPrompt({ conversation, turn, message }: PlaceDelivery, at: Spot): Promise<void> {
    if (message.choices !== undefined)
      await this.#parts.places.save(platform, conversation, `turn:${turn}`, writeSpot(at));
  }

  #place(conversation: string, part: string): Promise<Spot | undefined> {
    return findSpot(this.#parts.places, conversation, part);
  }
}

function isGoneThread(result: DeliveryResult): boolean {
  return result.kind === 'rejected' && goneThreads.includes(result.reason);
}
