import {
  type APIMessageTopLevelComponent,
  ComponentType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { readAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Outcome } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import type { Opening } from './announcements.ts';
import type { Body, FirstAnswer } from './first-answer.ts';
import { type IntakeParts, phraseMessage } from './intake.ts';
import { permissionNames } from './permissions.ts';
import { findSpot, linkTo, type Spot } from './place.ts';
import type { Payload } from './render.ts';

type OnMessage = MessageComponentInteraction | ModalSubmitInteraction;

/** Shows what came of a press or a form to the person who acted. A turn is shown by the outbox, in its place. */
export async function showOutcome(
  parts: IntakeParts,
  answer: FirstAnswer,
  interaction: OnMessage,
  address: string,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'card': {
      const pages = parts.render(outcome.message);
      if (outcome.shared) return answer.show(pages);
      return isOwn(interaction) && interaction.isMessageComponent() ? answer.update(pages) : answer.tell(pages);
    }
    case 'refused':
      return answer.tell(parts.render(outcome.message));
    case 'duplicate':
    case 'ignored':
      return answer.quietly();
    case 'turned':
      return showTurn(parts, answer, interaction, address, outcome);
    default:
      return outcome satisfies never;
  }
}

/** Whether nobody but the person reads the message that was acted on. */
export function isOwn(interaction: OnMessage): boolean {
  return isEphemeral(interaction) || !interaction.inGuild();
}

async function showTurn(
  parts: IntakeParts,
  answer: FirstAnswer,
  interaction: OnMessage,
  text: string,
  { conversation, shown }: Extract<Outcome, { kind: 'turned' }>,
): Promise<void> {
  const address = readAddress(text);
  if (address === undefined)
    return interaction.inGuild()
      ? announceStart(parts, answer, interaction, conversation.id, conversation.locale)
      : answer.quietly();
  if (interaction.isModalSubmit() || isDraft(interaction))
    return isEphemeral(interaction) ? answer.dismiss() : answer.quietly();
  const elsewhere = address.choice === 'stand' ? await placeElsewhere(parts, interaction, conversation) : undefined;
  if (elsewhere !== undefined)
    return isEphemeral(interaction) ? answer.update(parts.render(elsewhere)) : answer.tell(parts.render(elsewhere));
  const settled = shown.find(
    ({ effect }) => (effect.kind === 'settle' || effect.kind === 'settle-prompt') && effect.turn === address.turn,
  )?.message;
  return settled === undefined ? answer.quietly() : answer.update(parts.render(settled));
}

/** The person's own card loses its buttons and names the place, once it is there; beside a card others see, a private note does. */
async function announceStart(
  parts: IntakeParts,
  answer: FirstAnswer,
  interaction: OnMessage,
  conversation: string,
  locale: Locale,
): Promise<void> {
  const own = isEphemeral(interaction);
  const card = own ? cardOf(interaction) : [];
  const below = (note: Payload): Body => ({
    ...note,
    components: [...card, ...note.components.map(({ id: _, ...component }) => component)],
  });
  const [opening] = parts.render(phraseMessage(parts, locale, 'place-opening'));
  const first = own ? answer.update([below(opening)]) : answer.tell([opening]);
  parts.announcements.expect(conversation, async (opening) => {
    await first;
    await answer.amend(below(parts.render(openingMessage(parts, locale, opening))[0]));
  });
  await first;
}

/** What a card says, without what it offers. */
function cardOf({ message }: OnMessage): readonly APIMessageTopLevelComponent[] {
  const components = message?.components.map((component) => component.toJSON()) ?? [];
  return components.filter(({ type }) => type !== ComponentType.ActionRow);
}

/** The way to the place of a conversation, for its requester who goes on with it from somewhere else. */
async function placeElsewhere(
  parts: IntakeParts,
  { user, channelId }: OnMessage,
  { id, requester, locale }: Conversation,
): Promise<Message | undefined> {
  if (user.id !== requester) return undefined;
  const place = await findSpot(parts.places, id, 'thread');
  return place === undefined || place.channel === channelId ? undefined : placeMessage(parts, locale, place);
}

/** What came of opening a place: the way there, or what it lacks. */
export function openingMessage(parts: IntakeParts, locale: Locale, opening: Opening): Message {
  if (opening.kind === 'opened') return placeMessage(parts, locale, opening.place);
  const permissions = permissionNames(new Words(parts.knowledge(), locale), opening.permissions);
  return phraseMessage(parts, locale, 'place-refused', { permissions });
}

function placeMessage(parts: IntakeParts, locale: Locale, at: Spot): Message {
  const words = new Words(parts.knowledge(), locale);
  const place = [{ kind: 'link', text: words.label('place-link'), url: linkTo(at) }] as const;
  return phraseMessage(parts, locale, at.guild === undefined ? 'place-opened-direct' : 'place-opened', { place });
}

/** A form that is not finished is kept in a classic message, which no message of components can replace. */
function isDraft(interaction: OnMessage): boolean {
  return isEphemeral(interaction) && interaction.message?.flags.has('IsComponentsV2') !== true;
}

function isEphemeral({ message }: OnMessage): boolean {
  return message?.flags.has('Ephemeral') === true;
}
