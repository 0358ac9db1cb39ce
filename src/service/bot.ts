import { answerTo, type FirstAnswer, firstAnswer } from '../conversation/answer.ts';
import { type Actor, type Opening, systemActor } from '../conversation/event.ts';
import { mayAnswer } from '../conversation/turn.ts';
import { isHandoffStep } from '../handoff/steps.ts';
import { readAddress, readStartAddress, type StartAddress } from '../message/address.ts';
import type { FieldProblems, Form, Message } from '../message/message.ts';
import { Words } from '../message/phrases.ts';
import { presentRefusal } from '../message/present.ts';
import { presentAnswer } from '../message/present-answer.ts';
import { presentForm } from '../message/present-form.ts';
import { presentHandoffForm } from '../message/present-handoff-form.ts';
import type { Clock } from '../ports/clock.ts';
import { redact } from '../reading/redact.ts';
import { type Locale, localeOf, localeOfWord } from '../text/locale.ts';
import { actorIn, createHandleEvent, type HandleEventParts, type Reply } from './handle-event.ts';
import { wrongIn } from './submission.ts';
import { type TicketOutcome, toldOf } from './ticket-outcome.ts';

/** The longest text that is read. Source: the product's own limit, far above any output of `slmgr`. */
export const textLimit = 64 * 1024;

/** Who acted, where, and in which language to speak when nothing else tells. */
export interface Origin {
  readonly receipt: string;
  readonly actor: Actor;
  readonly workspace: string;
  /** Where the adapter shall hold a conversation that begins here; only the adapter reads it. */
  readonly venue: string;
  readonly locale: Locale;
}

/** What came of an act: a card for the actor alone (nothing was stored), or a turn. */
export type Outcome = { readonly kind: 'card'; readonly message: Message; readonly shared: boolean } | Reply;

export type Submission = { readonly kind: 'problems'; readonly problems: FieldProblems } | Outcome;

/** The bot as an adapter sees it: everything a person can do, in neutral words. */
export interface Bot {
  /** The card for a text. Pure and at once; nothing is stored. */
  lookUp(text: string, locale: Locale): Message;
  /** Begins a conversation from a text; a text that leads nowhere is answered with a card instead. */
  open(origin: Origin, text: string): Promise<Outcome>;
  /** A pressed button, whatever its age. */
  press(origin: Origin, address: string): Promise<Outcome>;
  /** A text in the place of a conversation. */
  write(origin: Origin, conversation: string, text: string): Promise<Outcome>;
  /** Somebody wrote in the place of a conversation what the platform does not let the bot read. Nothing is answered. */
  hearWord(origin: Origin, conversation: string): Promise<void>;
  /** Shows where a conversation stands, as a new turn. */
  resume(origin: Origin, conversation: string): Promise<Reply>;
  /** The form a button opens; undefined when it opens none, or not for this person: pressing it says why. */
  formAt(origin: Origin, address: string): Promise<Form | undefined>;
  submit(origin: Origin, address: string, values: Readonly<Record<string, string>>): Promise<Submission>;
  /** What became of a ticket, for the conversation it is about. Telling it twice changes nothing. */
  hear(outcome: TicketOutcome): Promise<void>;
  /** What nobody did. Told twice, or when it is no longer so, it changes nothing. */
  notice(noticed: Noticed): Promise<void>;
}

/** What the outbox found out about a conversation, with the delivery that showed it. */
export type Noticed = { readonly conversation: string; readonly delivery: string } & (
  | { readonly kind: 'fell-silent'; readonly claim: string }
  | { readonly kind: 'went-unheard' }
);

export interface BotParts extends HandleEventParts {
  readonly clock: Clock;
  /** A new conversation id of 14 lower-case letters. */
  readonly newConversationId: () => string;
}

export function createBot({ clock, newConversationId, ...parts }: BotParts): Bot {
  const { store, knowledge: current } = parts;
  const handle = createHandleEvent(parts);
  const now = () => clock.now().toISOString();
  const card = (message: Message, shared = false): Outcome => ({ kind: 'card', message, shared });

  const tooLong = (locale: Locale): Message => {
    const words = new Words(current(), locale);
    return { locale, blocks: [{ kind: 'paragraph', spans: words.say('too-long', { limit: textLimit / 1024 }) }] };
  };
  const answerText = (text: string, fallback: Locale): { readonly locale: Locale; readonly answer: FirstAnswer } => {
    const clean = redact(text).text;
    const answer = firstAnswer(current(), clean, now());
    const locale = answer.kind === 'guide' ? localeOfWord(clean, fallback) : (localeOf(clean) ?? fallback);
    return { locale, answer };
  };
  const begin = (origin: Origin, locale: Locale, opening: Opening): Promise<Reply> => {
    const { receipt, actor, workspace, venue } = origin;
    const conversation = newConversationId();
    return handle({
      receipt,
      conversation,
      workspace,
      locale,
      event: { kind: 'started', conversation, workspace, venue, locale, opening, actor, at: now() },
    });
  };

  const pressStart = async (origin: Origin, start: StartAddress): Promise<Outcome> => {
    const answer = answerTo(current(), start.subject, start.facts, now());
    if (start.kind === 'en' || start.kind === 'ja') return card(presentAnswer(current(), start.kind, answer));
    if (start.kind === 'share') return card(presentAnswer(current(), origin.locale, answer), true);
    if (!('opening' in answer)) return card(presentAnswer(current(), origin.locale, answer));
    return begin(origin, origin.locale, { ...answer.opening, person: start.kind === 'person' });
  };

  return {
    lookUp(text, locale) {
      if (text.length > textLimit) return tooLong(locale);
      const { locale: spoken, answer } = answerText(text, locale);
      return presentAnswer(current(), spoken, answer);
    },
    async open(origin, text) {
      if (text.length > textLimit) return card(tooLong(origin.locale));
      const { locale, answer } = answerText(text, origin.locale);
      return 'opening' in answer
        ? begin(origin, locale, answer.opening)
        : card(presentAnswer(current(), locale, answer));
    },
    async press(origin, text) {
      const start = readStartAddress(text);
      if (start !== undefined) return pressStart(origin, start);
      const address = readAddress(text);
      if (address === undefined)
        return {
          kind: 'refused',
          refusal: 'unknown-step',
          message: presentRefusal(current(), origin.locale, 'unknown-step'),
        };
      const { conversation, turn, step, choice } = address;
      const event = { kind: 'chose', turn, step, choice, actor: origin.actor, at: now() } as const;
      return handle({ ...origin, conversation, event });
    },
    async write(origin, conversation, text) {
      if (text.length > textLimit) return card(tooLong(origin.locale));
      const { text: clean, found } = redact(text);
      const secretsRemoved = Object.values(found).reduce((sum, count) => sum + count, 0);
      return handle({
        ...origin,
        conversation,
        event: { kind: 'wrote', text: clean, secretsRemoved, actor: origin.actor, at: now() },
      });
    },
    async hearWord(origin, conversation) {
      await handle({ ...origin, conversation, event: { kind: 'spoke', actor: origin.actor, at: now() } });
    },
    resume(origin, conversation) {
      return handle({ ...origin, conversation, event: { kind: 'resumed', actor: origin.actor, at: now() } });
    },
    async formAt({ workspace, actor, locale }, text) {
      const address = readAddress(text);
      if (address === undefined) return undefined;
      const conversation = await store.load(address.conversation);
      if (conversation === undefined) return presentForm(current(), locale, address);
      const whoever = actorIn(conversation, workspace, actor);
      if (!mayAnswer(conversation, { actor: whoever })) return undefined;
      if (!isHandoffStep(address.step)) return presentForm(current(), conversation.locale, address);
      return whoever.guest === true ? undefined : presentHandoffForm(current(), conversation, address);
    },
    async submit(origin, text, values) {
      const address = readAddress(text);
      if (address === undefined) return this.press(origin, text);
      const { conversation, turn, step, choice } = address;
      if (choice === 'paste') return this.write(origin, conversation, Object.values(values).join('\n'));
      const clean = Object.fromEntries(
        Object.entries(values).map(([field, value]) => [field, redact(value.slice(0, textLimit)).text]),
      );
      const wrong = wrongIn(current(), step, clean);
      if (wrong !== undefined)
        return { kind: 'problems', problems: wrong((await store.load(conversation))?.locale ?? origin.locale) };
      return handle({
        ...origin,
        conversation,
        event: { kind: 'filled', turn, step, values: clean, actor: origin.actor, at: now() },
      });
    },
    async hear(outcome) {
      await handle({ ...toldOf(outcome), locale: 'en' });
    },
    async notice({ conversation, delivery, ...noticed }) {
      const event = { ...noticed, actor: systemActor, at: now() };
      await handle({ receipt: `noticed:${delivery}`, conversation, event, locale: 'en' });
    },
  };
}
