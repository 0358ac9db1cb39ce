import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { AsideDelivery, CallDelivery, DeliveryResult } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { findSpot, linkTo, platform, readSpot, type Spot, writeSpot } from './place.ts';
import type { DiscordRest } from './rest.ts';
import { edit, type Render, sendPages } from './send.ts';

export interface AgentChannelParts {
  readonly rest: DiscordRest;
  readonly places: PlaceStore;
  readonly render: Render;
  readonly knowledge: () => Knowledge;
}

/** How long the card waits for the place it leads to. */
const placeRetryMs = 500;

/** The help desk's own channel: one card for each conversation, and what they cannot see in its place. */
export class AgentChannel {
  readonly #parts: AgentChannelParts;

  constructor(parts: AgentChannelParts) {
    this.#parts = parts;
  }

  /** Undefined where it was brought; throws what `readFault` reads. */
  async call(id: string, content: CallDelivery): Promise<DeliveryResult | undefined> {
    const { conversation, venue, channel, anew } = content;
    const { rest, places, render } = this.#parts;
    const thread = await findSpot(places, conversation, 'thread');
    if (thread === undefined) return { kind: 'throttled', retryAfterMs: placeRetryMs };
    const pages = render(this.#withLink(content.message, thread));
    const at = anew ? undefined : await findSpot(places, conversation, 'call');
    if (at !== undefined && (await edit(rest, at, pages[0]))) return undefined;
    const sent = await sendPages(rest, { guild: readSpot(venue).guild, channel }, pages, id);
    await places.save(platform, conversation, 'call', writeSpot(sent));
    return undefined;
  }

  async aside(id: string, { conversation, channel, message }: AsideDelivery): Promise<undefined> {
    const { rest, places, render } = this.#parts;
    const thread = await findSpot(places, conversation, 'thread');
    if (thread === undefined || thread.guild !== undefined) return;
    await sendPages(rest, { guild: undefined, channel }, render(message), id);
  }

  /** The way to the place, where the help desk can go there. */
  #withLink(message: Message, thread: Spot): Message {
    if (thread.guild === undefined) return message;
    const text = new Words(this.#parts.knowledge(), message.locale).label('place-link');
    const link = { kind: 'paragraph', spans: [{ kind: 'link', text, url: linkTo(thread) }] } as const;
    return { ...message, blocks: [...message.blocks, link] };
  }
}
