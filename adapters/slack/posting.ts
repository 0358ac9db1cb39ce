import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { DeliveryResult } from '../../src/ports/outbox.ts';
import { deliveryResult, readFault } from './faults.ts';
import type { Pace } from './pace.ts';
import { type Payload, renderMessage } from './render.ts';
import type { ExpandKey } from './rich-text.ts';
import { directPerson, type Spot } from './spot.ts';
import type { SlackWeb } from './web.ts';

export interface PostingParts {
  readonly web: SlackWeb;
  readonly pace: Pace;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
}

/** A message that stands in Slack. */
export type Sent = Spot & { readonly ts: string };

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

/** Posts and edits the messages of deliveries, at the pace of each channel. */
export class Posting {
  readonly #parts: PostingParts;
  /** Where the pages of a delivery have arrived, so that another try goes on with the next. */
  readonly #arrived = new Map<string, readonly Sent[]>();

  constructor(parts: PostingParts) {
    this.#parts = parts;
  }

  /** Sends the pages of a delivery that have not gone yet. Returns where the last one stands. */
  async send(id: string, to: Spot, message: Message): Promise<Sent | DeliveryResult> {
    const pages = this.#render(message);
    const arrived = [...(this.#arrived.get(id) ?? [])];
    let { channel } = to;
    try {
      channel = await this.#channel(to);
      for (const page of pages.slice(arrived.length)) {
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

  /** Edits what stands at a spot. `gone`: nothing stands there any more. */
  async edit(at: Sent, message: Message): Promise<DeliveryResult | { readonly kind: 'gone' }> {
    const pages = this.#render(message);
    const { text, blocks } = pages.at(-1) ?? pages[0];
    try {
      const client = await this.#parts.web.client(at.installation);
      await client.chat.update({ channel: at.channel, ts: at.ts, text, blocks });
      return { kind: 'delivered' };
    } catch (error) {
      const fault = readFault(error);
      if (fault.kind === 'refused' && goneMessages.includes(fault.error)) return { kind: 'gone' };
      return deliveryResult(fault);
    }
  }

  /** What arrived of a delivery need not be remembered any longer. */
  forget(id: string): void {
    this.#arrived.delete(id);
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

  #render(message: Message): readonly [Payload, ...Payload[]] {
    const choose = new Words(this.#parts.knowledge(), message.locale).label('choose');
    return renderMessage(message, { expandKey: this.#parts.expandKey, choose });
  }
}
