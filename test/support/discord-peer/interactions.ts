import { refusals } from './api-error.ts';
import type { JsonObject } from './json.ts';
import type { PeerChannel, PeerUser } from './world.ts';

const FIRST_ANSWER_MS = 3_000;
const TOKEN_MS = 15 * 60_000;

/** Interaction types from Discord's "Receiving and Responding" page. */
export const interactionType = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 } as const;
/** Callback types from the same page. */
export const callbackType = { message: 4, defer: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** One interaction between a person and the bot, from the press to the end of its token. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: PeerUser;
  readonly channel: PeerChannel;
  readonly createdAt: number;
  /** The message whose component was pressed, or whose component opened the modal. */
  readonly sourceMessageId?: string;
  readonly answer?: { readonly type: number; readonly data: JsonObject; readonly at: number };
  readonly ephemeral?: boolean;
  /** What `@original` means; absent before the answer and after a modal. */
  readonly originalId?: string;
  readonly followUpIds: readonly string[];
}

export interface InteractionLedger {
  readonly all: ReadonlyMap<string, Interaction>;
  save(interaction: Interaction): void;
  /** The interaction a callback may answer. Throws 40060 for a second answer, 10062 for a strange or late one. */
  forCallback(id: string, token: string): Interaction;
  /** The interaction behind a follow-up. Throws 10015 before the first answer, 50027 after 15 minutes. */
  forFollowUp(applicationId: string, token: string): Interaction;
}

export function createLedger(applicationId: string, now: () => number): InteractionLedger {
  const all = new Map<string, Interaction>();
  return {
    all,
    save: (interaction) => void all.set(interaction.id, interaction),
    forCallback(id, token) {
      const interaction = all.get(id);
      if (interaction === undefined || interaction.token !== token) throw refusals.unknownInteraction();
      if (interaction.answer !== undefined) throw refusals.alreadyAcknowledged();
      if (now() - interaction.createdAt > FIRST_ANSWER_MS) throw refusals.unknownInteraction();
      return interaction;
    },
    forFollowUp(application, token) {
      const interaction = [...all.values()].find((one) => one.token === token);
      if (application !== applicationId || interaction?.answer === undefined) throw refusals.unknownWebhook();
      if (now() - interaction.createdAt > TOKEN_MS) throw refusals.invalidWebhookToken();
      return interaction;
    },
  };
}
