import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { withWay } from '../../src/message/present-agents.ts';
import type { AsideDelivery, CallDelivery, ClaimedDelivery, DeliveryResult } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { awaited } from '../awaited.ts';
import { findSpot, linkTo, platform, readSpot, writeSpot } from './place.ts';
import type { DiscordRest } from './rest.ts';
import { edit, type Render, sendPages } from './send.ts';

export interface AgentChannelParts {
  readonly rest: DiscordRest;
  readonly places: PlaceStore;
  readonly render: Render;
  readonly knowledge: () => Knowledge;
}

/** The help desk's own channel: one card for each conversation, and what they cannot see in its place. */
export class AgentChannel {
  readonly #parts: AgentChannelParts;

  constructor(parts: AgentChannelParts) {
    this.#parts = parts;
  }

  /** Undefined where it was brought; throws what `readFault` reads. */
  async call({ id, attempts, content }: ClaimedDelivery<CallDelivery>): Promise<DeliveryResult | undefined> {
    const { conversation, venue, channel, anew } = content;
    const { rest, places, render, knowledge } = this.#parts;
    const thread = await findSpot(places, conversation, 'thread');
    // At last the help desk is told without the way there.
    const wait = thread === undefined ? awaited(attempts, 'place') : undefined;
    if (wait !== undefined) return wait;
    const pages = render(
      withWay(knowledge(), content.message, thread?.guild === undefined ? undefined : linkTo(thread)),
    );
    const at = anew ? undefined : await findSpot(places, conversation, 'call');
    if (at !== undefined && (await edit(rest, at, pages))) return undefined;
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
}
