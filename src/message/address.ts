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

/** What a card's buttons carry before there is a conversation: `1.new.0.start.<subject>~<question>=<value>…`. */
export interface StartAddress {
  readonly kind: (typeof startKinds)[number];
  readonly subject: string;
  readonly facts: readonly (readonly [question: string, value: string])[];
}

/** The smallest platform limit a button's address must fit (Discord's `custom_id`). */
export const addressLimit = 100;

const conversationAddress = /^1\.([a-z]{14})\.(\d{1,6})\.([a-z0-9-]{1,24})\.([a-z0-9-]{1,24})$/;
const startAddress =
  /^1\.new\.0\.(start|share|person|en|ja)\.([A-Za-z0-9-]{1,40})((?:~[a-z0-9-]{1,24}=[A-Za-z0-9-]{1,24})*)$/;

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
  let text = `1.new.0.${address.kind}.${address.subject}`;
  for (const [question, value] of address.facts) {
    const longer = `${text}~${question}=${value}`;
    if (longer.length <= addressLimit) text = longer;
  }
  return text;
}

export function readStartAddress(text: string): StartAddress | undefined {
  const match = startAddress.exec(text.slice(0, addressLimit));
  if (match === null) return undefined;
  const [, kind = '', subject = '', facts = ''] = match;
  return {
    kind: kind as StartAddress['kind'],
    subject,
    facts: facts
      .split('~')
      .slice(1)
      .map((fact) => fact.split('=') as [string, string]),
  };
}
