import { withWay } from '../../src/message/present-agents.ts';
import type { AsideDelivery, CallDelivery, ClaimedDelivery, DeliveryResult } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import { awaited } from '../awaited.ts';
import { readFault } from './faults.ts';
import { permalink } from './place-link.ts';
import { platform } from './platform.ts';
import type { Posting, PostingParts } from './posting.ts';
import { findSpot, isDirect, readSpot, type Spot, writeSpot } from './spot.ts';

export interface AgentChannelParts extends PostingParts {
  readonly places: PlaceStore;
  readonly posting: Posting;
}

/** The help desk's own channel: one card for each conversation, and under it what they cannot see in its place. */
export class AgentChannel {
  readonly #parts: AgentChannelParts;

  constructor(parts: AgentChannelParts) {
    this.#parts = parts;
  }

  async call({ id, attempts, content }: ClaimedDelivery<CallDelivery>): Promise<DeliveryResult> {
    const { conversation, venue, channel, anew } = content;
    const { posting, places } = this.#parts;
    const head = await this.#place(conversation, 'head');
    // At last the help desk is told without the way there.
    const wait = head === undefined ? awaited(attempts, 'place') : undefined;
    if (wait !== undefined) return wait;
    const message = withWay(this.#parts.knowledge(), content.message, await this.#way(head));
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
    if (thread === undefined || card === undefined || !(await this.#isHidden(thread))) return { kind: 'delivered' };
    const sent = await this.#parts.posting.send(id, card, message);
    return 'ts' in sent ? { kind: 'delivered' } : sent;
  }

  /** Whether the help desk cannot go there: direct messages, and private channels, whose people Slack does not let us compare. */
  async #isHidden({ installation, channel }: Spot): Promise<boolean> {
    if (isDirect(channel)) return true;
    try {
      const client = await this.#parts.web.client(installation);
      return (await client.conversations.info({ channel })).channel?.is_private === true;
    } catch (error) {
      readFault(error);
      return true;
    }
  }

  /** Where the help desk can go; undefined where it cannot, or Slack does not tell. */
  async #way(head: Spot | undefined): Promise<string | undefined> {
    return head === undefined || isDirect(head.channel) ? undefined : permalink(this.#parts.web, head);
  }

  #place(conversation: string, part: string): Promise<Spot | undefined> {
    return findSpot(this.#parts.places, conversation, part);
  }
}
