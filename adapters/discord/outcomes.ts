import {
  type APIMessageTopLevelComponent,
  ComponentType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { readAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Outcome } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import type { Body, FirstAnswer } from './first-answer.ts';
import { type IntakeParts, phraseMessage } from './intake.ts';
import { linkTo, type Spot } from './place.ts';
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
  const own = interaction.message?.flags.has('Ephemeral') === true || !interaction.inGuild();
  switch (outcome.kind) {
    case 'card': {
      const pages = parts.render(outcome.message);
      if (outcome.shared) return answer.show(pages);
      return own && interaction.isMessageComponent() ? answer.update(pages) : answer.tell(pages);
    }
    case 'refused':
      return answer.tell(parts.render(outcome.message));
    case 'duplicate':
      return answer.quietly();
    case 'turned':
      return showTurn(parts, answer, interaction, address, outcome);
    default:
      return outcome satisfies never;
  }
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
  if (interaction.isModalSubmit())
    return interaction.message?.flags.has('Ephemeral') === true ? answer.dismiss() : answer.quietly();
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
  const own = interaction.message?.flags.has('Ephemeral') === true;
  const card = own ? cardOf(interaction) : [];
  const below = (note: Payload): Body => ({
    ...note,
    components: [...card, ...note.components.map(({ id: _, ...component }) => component)],
  });
  const [opening] = parts.render(phraseMessage(parts, locale, 'place-opening'));
  const first = own ? answer.update([below(opening)]) : answer.tell([opening]);
  parts.announcements.expect(conversation, async (thread) => {
    await first;
    await answer.amend(below(parts.render(placeMessage(parts, locale, thread))[0]));
  });
  await first;
}

/** What a card says, without what it offers. */
function cardOf({ message }: OnMessage): readonly APIMessageTopLevelComponent[] {
  const components = message?.components.map((component) => component.toJSON()) ?? [];
  return components.filter(({ type }) => type !== ComponentType.ActionRow);
}

/** Where a conversation is held, with the way there. */
export function placeMessage(parts: IntakeParts, locale: Locale, thread: Spot): Message {
  const words = new Words(parts.knowledge(), locale);
  const place = [{ kind: 'link', text: words.label('place-link'), url: linkTo(thread) }] as const;
  return phraseMessage(parts, locale, 'place-opened', { place });
}
