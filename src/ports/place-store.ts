/**
 * Where conversations are held, in the words of one platform. A `ref` is the adapter's own text (a channel and a
 * message id); nobody else reads it.
 */
export interface PlaceStore {
  /** `part` is `head`, `thread`, or `turn:<number>` for the message that holds a prompt. Saving again replaces. */
  save(platform: string, conversation: string, part: string, ref: string): Promise<void>;
  find(platform: string, conversation: string, part: string): Promise<string | undefined>;
  /** The conversation a place belongs to: how a reply in a thread finds its way. */
  conversationAt(platform: string, part: string, ref: string): Promise<string | undefined>;
}
