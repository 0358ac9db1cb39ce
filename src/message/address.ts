import type { Told } from '../reading/understand.ts';

/**
 * Where a button leads: `1.<conversation>.<turn>.<step>.<choice>`, at most 73 characters. It is an address, not an
 * authority: the platform vouches for who pressed, and the core checks the rest.
 */
export interface Address {
  readonly conversation: string;
  readonly turn: number;
  readonly step: string;
  readonly choice: string;
}

/** What a card's buttons do: begin, repeat for everybody, begin with a person, show in a language. */
export const startKinds = ['start', 'share', 'person', 'en', 'ja'] as const;

/**
 * What a card's buttons carry before there is a conversation: `1.new.<0 said, 1 read>.start.<subject>~<question>=<value>…`.
 * A code is the subject and not among the facts of the text.
 */
export interface StartAddress {
  readonly kind: (typeof startKinds)[number];
  readonly subject: string;
  readonly facts: readonly Told[];
}

/** The smallest platform limit a button's address must fit (Discord's `custom_id`). */
export const addressLimit = 100;

const conversationAddress = /^1\.([a-z]{14})\.(\d{1,6})\.([a-z0-9-]{1,24})\.([a-z0-9-]{1,24})$/;
const startAddress =
  /^1\.new\.([01])\.(start|share|person|en|ja)\.([A-Za-z0-9-]{1,40})((?:~[a-z0-9-]{1,24}=[A-Za-z0-9-]{1,24})*)$/;

export function writeAddress(address: Address): string {
  return `1.${address.conversation}.${address.turn}.${address.step}.${address.choice}`;
}

/** Reads a pressed button's address; undefined for anything that is not one of ours. */
export function readAddress(text: string): Address | undefined {
  const match = conversationAddress.exec(text);
  if (match === null) return undefined;
  const [, conversation = '', turn = '', step = '', choice = ''] = match;
  return { conversation, turn: Number(turn), step, choice };
}

/** Facts that no longer fit the limit are left out: the flow asks for them again. */
export function writeStartAddress(address: StartAddress): string {
  const isRead = address.facts.some(({ origin }) => origin === 'read');
  let text = `1.new.${isRead ? 1 : 0}.${address.kind}.${address.subject}`;
  for (const { question, value } of address.facts) {
    if (question === 'error-code') continue;
    const longer = `${text}~${question}=${value}`;
    if (longer.length <= addressLimit) text = longer;
  }
  return text;
}

export function readStartAddress(text: string): StartAddress | undefined {
  const match = startAddress.exec(text.slice(0, addressLimit));
  if (match === null) return undefined;
  const [, isRead, kind = '', subject = '', rest = ''] = match;
  const origin = isRead === '1' ? 'read' : 'said';
  const [code] = /^0x[0-9A-F]{8}/.exec(subject) ?? [];
  const carried = rest
    .split('~')
    .slice(1)
    .map((fact): Told => {
      const [question = '', value = ''] = fact.split('=');
      return { question, value, origin };
    });
  return {
    kind: kind as StartAddress['kind'],
    subject,
    facts: code === undefined ? carried : [{ question: 'error-code', value: code, origin }, ...carried],
  };
}
