import { readAddress, readStartAddress } from '../../src/message/address.ts';
import type { Block, Button, Message } from '../../src/message/message.ts';
import { type Span, spansToText } from '../../src/text/span.ts';

/** The smallest limit of any platform for each part of a message, in characters. */
export const limits = {
  /** Discord shows 4,000 characters in one message; markup and numbering take some. */
  message: 3_600,
  /** Slack's section takes 3,000 characters, a field of one 2,000, a header 150. */
  paragraph: 2_900,
  field: 1_900,
  heading: 145,
  /** Slack takes 50 blocks; Discord 40 components with those of the buttons. */
  blocks: 24,
  /** A menu holds 25 options of 75 characters, a button about 34. */
  choices: 25,
  option: 75,
  button: 34,
  actions: 15,
  address: 73,
  startAddress: 100,
} as const;

/** Everything in a message that the smallest platform could not show, or that no reader should see. */
export function faultsOf(message: Message): readonly string[] {
  const { blocks, choices = [], actions = [] } = message;
  const faults: string[] = [];
  const limit = (what: string, length: number, most: number) => {
    if (length > most) faults.push(`${what} has ${length}, at most ${most} fit`);
  };
  limit(
    'the message',
    blocks.reduce((sum, block) => sum + textOf(block).length, 0),
    limits.message,
  );
  limit('the number of blocks', blocks.length, limits.blocks);
  limit('the number of choices', choices.length, limits.choices);
  limit('the number of actions', actions.length, limits.actions);
  for (const block of blocks) faults.push(...faultsOfBlock(block));
  for (const button of choices) faults.push(...faultsOfButton(button, limits.option));
  for (const button of actions) faults.push(...faultsOfButton(button, limits.button));
  const addresses = [...choices, ...actions].map(({ address }) => address);
  if (new Set(addresses).size < addresses.length) faults.push('two buttons have one address');
  return faults;
}

function faultsOfBlock(block: Block): readonly string[] {
  const text = textOf(block);
  const most = block.kind === 'heading' ? limits.heading : limits.paragraph;
  const faults =
    block.kind !== 'list' && text.length > most
      ? [`a ${block.kind} has ${text.length}, at most ${most} fit: ${text.slice(0, 60)}…`]
      : [];
  if (block.kind === 'list')
    for (const item of block.items)
      if (spansToText(item).length > limits.field) faults.push('an item of a list is too long');
  if (block.kind !== 'code' && text === '' && block.kind !== 'divider') faults.push(`a ${block.kind} is empty`);
  for (const span of spansOf(block)) faults.push(...faultsOfSpan(span));
  return faults;
}

function faultsOfSpan(span: Span): readonly string[] {
  if (span.kind === 'key' || span.kind === 'person') return [];
  const faults: string[] = [];
  const unfilled = span.kind === 'code' ? undefined : /\{[a-z][a-zA-Z0-9]*\}/.exec(span.text)?.[0];
  if (unfilled !== undefined) faults.push(`${unfilled} is not filled: ${span.text}`);
  const markup = span.kind === 'code' ? undefined : /\*\*|`|\]\(|<[@#!]/.exec(span.text)?.[0];
  if (markup !== undefined) faults.push(`${markup} is markup: ${span.text}`);
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(span.text))
    faults.push(`a control character: ${JSON.stringify(span.text)}`);
  return faults;
}

function faultsOfButton({ label, address }: Button, most: number): readonly string[] {
  const faults: string[] = [];
  if (label === '' || label.length > most)
    faults.push(`the button "${label}" has ${label.length}, at most ${most} fit`);
  const conversation = readAddress(address);
  if (conversation === undefined && readStartAddress(address) === undefined)
    faults.push(`nothing reads the address ${address}`);
  const length = conversation === undefined ? limits.startAddress : limits.address;
  if (address.length > length) faults.push(`the address ${address} has ${address.length}, at most ${length} fit`);
  return faults;
}

function textOf(block: Block): string {
  return block.kind === 'code'
    ? block.text
    : spansOf(block)
        .map((span) => spansToText([span]))
        .join('');
}

function spansOf(block: Block): readonly Span[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return block.spans;
    case 'list':
      return block.items.flat();
    case 'fields':
      return block.fields.flatMap(({ name, value }) => [{ kind: 'text' as const, text: name }, ...value]);
    case 'code':
    case 'divider':
      return [];
    default:
      return block satisfies never;
  }
}
