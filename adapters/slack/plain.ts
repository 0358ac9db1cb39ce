import { isHandoffStep } from '../../src/handoff/steps.ts';
import { readAddress } from '../../src/message/address.ts';
import type { Button, Message } from '../../src/message/message.ts';
import type { Words } from '../../src/message/phrases.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { splitBlock } from '../../src/message/split.ts';
import { limits } from './limits.ts';
import type { Payload } from './render.ts';
import { type ExpandKey, escapeText } from './rich-text.ts';

/**
 * A message without blocks, for when Slack does not take them: all of its text on as many pages as that needs, and what its
 * buttons say, since the same can be written.
 */
export function renderPlain(words: Words, message: Message, expandKey: ExpandKey): readonly [Payload, ...Payload[]] {
  const { choices = [], actions = [] } = message;
  const written = [...choices, ...actions].filter(canBeWritten).map(({ label }) => `- ${label}`);
  const instead = written.length === 0 ? [] : [words.label('without-buttons'), ...written];
  const text = [messageToText(message, expandKey), ...instead].filter((line) => line !== '').join('\n');
  const [first = page(''), ...more] = splitBlock({ kind: 'code', text }, limits.plainText).map((part) =>
    page(part.kind === 'code' ? part.text : ''),
  );
  return [first, ...more];
}

/** A form has no words of its own, and what concerns a ticket is only agreed to by a press. */
function canBeWritten({ opens, address }: Button): boolean {
  return opens === undefined && !isHandoffStep(readAddress(address)?.step);
}

function page(text: string): Payload {
  return { text: text === '' ? ' ' : escapeText(text), blocks: [] };
}
