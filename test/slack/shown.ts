import type { Shown } from '../contracts/chat-scenarios.ts';
import { elementsOf, textOf } from '../support/slack-peer/elements.ts';
import type { PeerMessage } from '../support/slack-peer/world.ts';

/** A message of this Slack as a person sees it. */
export function shown(message: PeerMessage): Shown {
  const options = (element: Readonly<Record<string, unknown>>) =>
    Array.isArray(element.options) ? element.options : [];
  const buttons = elementsOf(message).flatMap(({ type, label, element }) =>
    type === 'button' ? [label] : options(element).map((option) => String(option.text?.text ?? '')),
  );
  const content = message.blocks.filter(({ type }) => type !== 'actions');
  return { text: textOf({ ...message, blocks: content }), buttons };
}
