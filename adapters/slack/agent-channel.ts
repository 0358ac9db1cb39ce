import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { AsideDelivery, CallDelivery, DeliveryResult } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { permalink } from './place-link.ts';
import { platform } from './platform.ts';
import type { Posting, PostingParts } from './posting.ts';
import { isDirect, readSpot, type Spot, writeSpot } from './spot.ts';

export interface AgentChannelParts extends PostingParts {
  readonly places: PlaceStore;
  readonly posting: Posting;
}

/** How long the card waits for the place it leads to. */
const placeRetryMs = 500;

/** The help desk's own channel: one card for each conversation, and under it what they cannot see in its place. */
export class AgentChannel {
  readonly #parts: AgentChannelParts;

  constructor(parts: AgentChannelParts) {
    this.#parts = parts;
  }

  async call(id: string, content: CallDelivery): Promise<DeliveryResult> {
    const { conversation, venue, channel, anew } = content;
    const { posting, places } = this.#parts;
    const head = await this.#place(conversation, 'head');
    if (head === undefined) return { kind: 'throttled', retryAfterMs: placeRetryMs };
    const message = await this.#withLink(content.message, head);
    const at = anew ? undefined : await this.#place(conversation, 'call');
    if (at?.ts !== undefined) {
      const edited = await posting.edit({ ...at, ts: at.ts }, message);
      if (edited.kind !== 'gone') return edited;
    }
    const sent = await posting.send(
      id,
      { installation: readSpot(venue).installation, channel, ts: undefined },
      message,
    );
    if (!('ts' in sent)) return sent;
    await places.save(platform, conversation, 'call', writeSpot(sent));
    return { kind: 'delivered' };
  }

  async aside(id: string, { conversation, message }: AsideDelivery): Promise<DeliveryResult> {
    const thread = await this.#place(conversation, 'thread');
    const card = await this.#place(conversation, 'call');
    if (thread === undefined || card === undefined || !isDirect(thread.channel)) return { kind: 'delivered' };
    const sent = await this.#parts.posting.send(id, card, message);
    return 'ts' in sent ? { kind: 'delivered' } : sent;
  }

  /** The way to the place, where the help desk can go there. */
  async #withLink(message: Message, head: Spot): Promise<Message> {
    const url = isDirect(head.channel) ? undefined : await permalink(this.#parts.web, head);
    if (url === undefined) return message;
    const text = new Words(this.#parts.knowledge(), message.locale).label('place-link');
    return { ...message, blocks: [...message.blocks, { kind: 'paragraph', spans: [{ kind: 'link', text, url }] }] };
  }

  async #place(conversation: string, part: string): Promise<Spot | undefined> {
    const ref = await this.#parts.places.find(platform, conversation, part);
    return ref === undefined ? undefined : readSpot(ref);
  }
}
