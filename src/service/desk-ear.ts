import type { DeskWord, ToldStage } from '../conversation/handoff-state.ts';
import { commentReference, turnMarked } from '../handoff/comment.ts';
import type { Clock } from '../ports/clock.ts';
import type { TicketStore } from '../ports/ticket-store.ts';
import { redact } from '../reading/redact.ts';
import { echoOf } from './echo.ts';
import type { TicketOutcome } from './ticket-outcome.ts';

export const deskEvents = ['replied', 'waiting', 'solved', 'reopened'] as const;

/** What a desk says of a ticket, as it came: nothing in it is redacted. */
export interface DeskEvent {
  /** Ours, as the ticket carried it. */
  readonly reference: string;
  readonly event: (typeof deskEvents)[number];
  readonly text: string;
  /** Who wrote it. */
  readonly by: string;
  /** The same for the same event, however often it comes; at most 100 characters. */
  readonly id: string;
}

export interface DeskEarParts {
  /** The desk's name in DESK_CONFIG. */
  readonly name: string;
  readonly tickets: TicketStore;
  readonly clock: Clock;
  readonly report: (outcome: TicketOutcome) => Promise<void>;
}

/** `unknown`: no ticket of this reference can be at this desk. */
export type DeskEar = (event: DeskEvent) => Promise<'heard' | 'unknown'>;

/** In characters. The whole text is in the ticket. */
const longestText = 1_000;
const longestName = 80;

/**
 * Hears what one desk says of its tickets and tells the conversation, without the secrets. Who speaks of a held ticket has it:
 * it is not sent again. What a desk tells of what we wrote ourselves is no news of theirs. Throws what the store throws: then
 * nothing is told, and the event may come again.
 */
export function createDeskEar({ name, tickets, clock, report }: DeskEarParts): DeskEar {
  return async (event) => {
    const record = await tickets.load(event.reference, name);
    if (record === undefined || record.echo !== undefined || record.state === 'waiting' || record.state === 'dead')
      return 'unknown';
    const isOwn = await isOurOwn(tickets, name, event);
    if (isOwn && event.event === 'replied') return 'heard';
    if (record.state === 'held')
      await tickets.save({ ...record, version: record.version + 1, state: 'created', complete: true, reason: null });
    await report({
      kind: 'told',
      conversation: record.conversation,
      reference: event.reference,
      desk: name,
      at: clock.now().toISOString(),
      id: event.id,
      ...readEvent(isOwn ? { ...event, text: '', by: '' } : event),
    });
    return 'heard';
  };
}

/** Whether the text is what we wrote into the ticket, and nothing more: who quotes it and answers is heard. */
async function isOurOwn(tickets: TicketStore, desk: string, { reference, text }: DeskEvent): Promise<boolean> {
  const turn = turnMarked(text);
  if (turn === undefined) return false;
  const comment = await tickets.load(commentReference(reference, turn), desk);
  return comment?.echo === echoOf(text);
}

/** A text that held a key says only that there is one: where redaction missed a part, that part is not shown either. */
function readEvent({ event, text, by }: DeskEvent): { readonly stage: ToldStage; readonly word: DeskWord } {
  const { text: clean, keyEndings } = redact(text);
  const author = shortened(redact(by).text, longestName);
  if (keyEndings.length > 0)
    return { stage: 'key-issued', word: { by: author, text: null, keyEndings: [...keyEndings] } };
  return {
    stage: event === 'solved' ? 'resolved' : event,
    word: { by: author, text: shortened(clean, longestText), keyEndings: [] },
  };
}

/** Null where nothing is written. */
function shortened(text: string, most: number): string | null {
  const characters = [...text.trim()];
  if (characters.length === 0) return null;
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
