import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Log } from '../../src/ports/log.ts';
import type { DeliveryResult } from '../../src/ports/outbox.ts';
import { deliveryResult, isAboutBlocks, readFault, type SlackFault } from './faults.ts';
import type { Pace } from './pace.ts';
import { renderPlain } from './plain.ts';
import { type Payload, renderMessage } from './render.ts';
import type { ExpandKey } from './rich-text.ts';
import { directPerson, type Spot } from './spot.ts';
import type { SlackWeb } from './web.ts';

export interface PostingParts {
  readonly web: SlackWeb;
  readonly pace: Pace;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly log: Log;
}

type Pages = readonly [Payload, ...Payload[]];
type Refusal = Extract<SlackFault, { kind: 'refused' }>;

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

/** What of a delivery is still to be sent, and where its last page stands. */
interface Begun {
  readonly pages: readonly Payload[];
  readonly last: Sent | undefined;
}

/** Posts and edits the messages of deliveries, at the pace of each channel. */
export class Posting {
  readonly #parts: PostingParts;
  /** What was begun, so that another try goes on with the next page. */
  readonly #begun = new Map<string, Begun>();

  constructor(parts: PostingParts) {
    this.#parts = parts;
  }

  /** Sends the pages of a delivery that have not gone yet; what Slack cannot show, as plain text. Returns where the last one stands. */
  async send(id: string, to: Spot, message: Message): Promise<Sent | DeliveryResult> {
    let { channel } = to;
    try {
      channel = await this.#channel(to);
      for (let begun = this.#begunOf(id, message); ; ) {
        const [page, ...pages] = begun.pages;
        if (page === undefined) return begun.last ?? { kind: 'delivered' };
        const retryAfterMs = this.#parts.pace.take(channel);
        if (retryAfterMs > 0) return { kind: 'throttled', retryAfterMs };
        begun = { pages, last: await this.#postPage({ ...to, channel }, page) };
        this.#begun.set(id, begun);
      }
    } catch (error) {
      const fault = readFault(error);
      if (fault.kind === 'throttled') this.#parts.pace.hold(channel, fault.retryAfterMs);
      if (!isAboutBlocks(fault) || this.#begunOf(id, message).pages[0]?.blocks.length === 0)
        return deliveryResult(fault);
      this.#parts.log.error({ delivery: id, reason: fault.error }, 'slack: blocks refused, sent as plain text');
      this.#begun.set(id, { ...this.#begunOf(id, message), pages: this.#plain(message) });
      return this.send(id, to, message);
    }
  }

  /** Edits what stands at a spot. `gone`: nothing stands there any more. */
  async edit(at: Sent, message: Message): Promise<DeliveryResult | { readonly kind: 'gone' }> {
    const pages = this.#render(message);
    const edited = await this.#editPage(at, pages.at(-1) ?? pages[0]);
    if (edited.kind !== 'refused') return edited;
    if (goneMessages.includes(edited.error)) return { kind: 'gone' };
    if (!isAboutBlocks(edited)) return deliveryResult(edited);
    this.#parts.log.error({ channel: at.channel, reason: edited.error }, 'slack: blocks refused, edited as plain text');
    const plain = this.#plain(message);
    const again = await this.#editPage(at, plain.at(-1) ?? plain[0]);
    return again.kind === 'refused' ? deliveryResult(again) : again;
  }

  /** What arrived of a delivery need not be remembered any longer. */
  forget(id: string): void {
    this.#begun.delete(id);
  }

  #begunOf(id: string, message: Message): Begun {
    return this.#begun.get(id) ?? { pages: this.#render(message), last: undefined };
  }

  async #editPage({ installation, channel, ts }: Sent, { text, blocks }: Payload): Promise<DeliveryResult | Refusal> {
    try {
      const client = await this.#parts.web.client(installation);
      await client.chat.update({ channel, ts, text, blocks });
      return { kind: 'delivered' };
    } catch (error) {
      const fault = readFault(error);
      return fault.kind === 'refused' ? fault : deliveryResult(fault);
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

  #render(message: Message): Pages {
    const choose = new Words(this.#parts.knowledge(), message.locale).label('choose');
    return renderMessage(message, { expandKey: this.#parts.expandKey, choose });
  }

  #plain(message: Message): Pages {
    return renderPlain(new Words(this.#parts.knowledge(), message.locale), message, this.#parts.expandKey);
  }
}
