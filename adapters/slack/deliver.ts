import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ChatDelivery, ClaimedDelivery, DeliveryResult, Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { deliveryResult, readFault } from './faults.ts';
import type { Pace } from './pace.ts';
import { type Payload, renderMessage } from './render.ts';
import type { ExpandKey } from './rich-text.ts';
import { directPerson, directWith, isDirect, readSpot, type Spot, writeSpot } from './spot.ts';
import type { SlackWeb } from './web.ts';

export interface SlackDestinationParts {
  readonly web: SlackWeb;
  readonly places: PlaceStore;
  readonly pace: Pace;
  readonly log: Log;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
}

type Sent = Spot & { readonly ts: string };

/** The name of this platform in the place table and the outbox. */
export const platform = 'slack';

/** Answers after which a channel will not take the conversation: it goes on in the requester's direct messages. */
const closedRooms: readonly string[] = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
];
/** Answers after which the thread is gone, and not the channel. */
const goneThreads: readonly string[] = ['thread_not_found', 'cannot_reply_to_message'];
/** Answers to an update after which there is nothing left to update. */
const goneMessages: readonly string[] = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
];

/** Brings the outbox's messages to Slack: a head message, then its thread; in direct messages one after the other. */
export class SlackDestination implements Destination {
  readonly name = platform;
  readonly #parts: SlackDestinationParts;
  /** Where the pages of a delivery have arrived, so that another try goes on with the next. */
  readonly #arrived = new Map<string, readonly Sent[]>();

  constructor(parts: SlackDestinationParts) {
    this.#parts = parts;
  }

  async deliver({ id, content }: ClaimedDelivery): Promise<DeliveryResult> {
    try {
      const result = await this.#bring(id, content);
      if (result.kind === 'delivered' || result.kind === 'rejected') this.#arrived.delete(id);
      return result;
    } catch (error) {
      this.#parts.log.error({ delivery: id, error: String(error) }, 'slack: delivery broke');
      return { kind: 'ambiguous', reason: String(error) };
    }
  }

  async #bring(id: string, content: ChatDelivery): Promise<DeliveryResult> {
    switch (content.kind) {
      case 'open':
        return (await this.#place(content, 'head')) === undefined ? this.#open(id, content) : { kind: 'delivered' };
      case 'post':
        return this.#post(id, content);
      case 'settle':
        return this.#settle(content);
      case 'close':
        return { kind: 'delivered' };
      default:
        return content.kind satisfies never;
    }
  }

  async #open(id: string, content: ChatDelivery): Promise<DeliveryResult> {
    const venue = await this.#freeVenue(readSpot(content.venue));
    const opened = await this.#send(id, venue, content);
    if ('ts' in opened) return this.#keepPlace(content, opened, venue);
    return isClosedRoom(opened) && !isDirect(venue.channel) ? this.#openDirectly(id, content, venue) : opened;
  }

  /** A thread holds one conversation: a second one that begins in it gets a thread of its own. */
  async #freeVenue(venue: Spot): Promise<Spot> {
    if (venue.ts === undefined) return venue;
    const holder = await this.#parts.places.conversationAt(platform, 'thread', writeSpot(venue));
    return holder === undefined ? venue : { ...venue, ts: undefined };
  }

  /** Goes on in the requester's direct messages, and says why. */
  async #openDirectly(id: string, content: ChatDelivery, from: Spot): Promise<DeliveryResult> {
    const { message } = content;
    const words = new Words(this.#parts.knowledge(), message.locale);
    const why: Message = {
      ...message,
      blocks: [{ kind: 'paragraph', spans: words.say('not-in-channel') }, ...message.blocks],
    };
    const direct = { installation: from.installation, channel: directWith(content.requester), ts: undefined };
    const opened = await this.#send(id, direct, { ...content, message: why });
    return 'ts' in opened ? this.#keepPlace(content, opened, direct) : opened;
  }

  async #post(id: string, content: ChatDelivery): Promise<DeliveryResult> {
    const thread = await this.#place(content, 'thread');
    if (thread === undefined) return this.#open(id, content);
    const sent = await this.#send(id, thread, content);
    if ('ts' in sent) return this.#keepPrompt(content, sent);
    if (isGoneThread(sent)) return this.#openAgain(id, content, thread);
    return isClosedRoom(sent) && !isDirect(thread.channel) ? this.#openDirectly(id, content, thread) : sent;
  }

  /** The head message was deleted: the message becomes a new one, in the channel itself. */
  async #openAgain(id: string, content: ChatDelivery, { installation, channel }: Spot): Promise<DeliveryResult> {
    const room = { installation, channel, ts: undefined };
    const opened = await this.#send(id, room, content);
    return 'ts' in opened ? this.#keepPlace(content, opened, room) : opened;
  }

  async #settle(content: ChatDelivery): Promise<DeliveryResult> {
    const at = await this.#place(content, `turn:${content.turn}`);
    if (at?.ts === undefined) return { kind: 'delivered' };
    const pages = this.#render(content.message);
    const { text, blocks } = pages.at(-1) ?? pages[0];
    try {
      const client = await this.#parts.web.client(at.installation);
      await client.chat.update({ channel: at.channel, ts: at.ts, text, blocks });
      return { kind: 'delivered' };
    } catch (error) {
      const fault = readFault(error);
      return fault.kind === 'refused' && goneMessages.includes(fault.error)
        ? { kind: 'delivered' }
        : deliveryResult(fault);
    }
  }

  /** Sends the pages that have not gone yet. Returns where the last one stands. */
  async #send(id: string, to: Spot, { message }: ChatDelivery): Promise<Sent | DeliveryResult> {
    const [first, ...more] = this.#render(message);
    const arrived = [...(this.#arrived.get(id) ?? [])];
    let { channel } = to;
    try {
      channel = await this.#channel(to);
      for (const page of [first, ...more].slice(arrived.length)) {
        const retryAfterMs = this.#parts.pace.take(channel);
        if (retryAfterMs > 0) return { kind: 'throttled', retryAfterMs };
        arrived.push(await this.#postPage({ ...to, channel }, page));
        this.#arrived.set(id, arrived);
      }
      return arrived.at(-1) ?? { kind: 'delivered' };
    } catch (error) {
      const fault = readFault(error);
      if (fault.kind === 'throttled') this.#parts.pace.hold(channel, fault.retryAfterMs);
      return deliveryResult(fault);
    }
  }

  async #postPage(to: Spot, { text, blocks }: Payload): Promise<Sent> {
    const client = await this.#parts.web.client(to.installation);
    const posted = await client.chat.postMessage({
      ...{ channel: to.channel, text, blocks, unfurl_links: false, unfurl_media: false },
      ...(to.ts === undefined ? {} : { thread_ts: to.ts }),
    });
    return { ...to, ts: posted.ts ?? '' };
  }

  /** The channel's id; of a person's direct conversation, Slack is asked. */
  async #channel({ installation, channel }: Spot): Promise<string> {
    const person = directPerson(channel);
    if (person === undefined) return channel;
    const client = await this.#parts.web.client(installation);
    const { channel: direct } = await client.conversations.open({ users: person });
    return direct?.id ?? channel;
  }

  /** The head message makes the place: its own thread, the thread it was posted into, or a direct conversation. */
  async #keepPlace(content: ChatDelivery, head: Sent, into: Spot): Promise<DeliveryResult> {
    const thread = { ...head, ts: isDirect(head.channel) ? undefined : (into.ts ?? head.ts) };
    await this.#parts.places.save(platform, content.conversation, 'thread', writeSpot(thread));
    await this.#parts.places.save(platform, content.conversation, 'head', writeSpot(head));
    return content.kind === 'open' ? { kind: 'delivered' } : this.#keepPrompt(content, head);
  }

  async #keepPrompt({ conversation, turn, message }: ChatDelivery, at: Spot): Promise<DeliveryResult> {
    if (message.choices !== undefined)
      await this.#parts.places.save(platform, conversation, `turn:${turn}`, writeSpot(at));
    return { kind: 'delivered' };
  }

  async #place({ conversation }: ChatDelivery, part: string): Promise<Spot | undefined> {
    const ref = await this.#parts.places.find(platform, conversation, part);
    return ref === undefined ? undefined : readSpot(ref);
  }

  #render(message: Message): readonly [Payload, ...Payload[]] {
    const choose = new Words(this.#parts.knowledge(), message.locale).label('choose');
    return renderMessage(message, { expandKey: this.#parts.expandKey, choose });
  }
}

function isClosedRoom(result: DeliveryResult): boolean {
  return result.kind === 'rejected' && closedRooms.includes(result.reason);
}

function isGoneThread(result: DeliveryResult): boolean {
  return result.kind === 'rejected' && goneThreads.includes(result.reason);
}
