import type { Conversation } from '../conversation/conversation.ts';
import type { Actor, Event } from '../conversation/event.ts';
import type { FactValue } from '../conversation/fact.ts';
import { stepQuestions } from '../conversation/walk.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import { understand } from '../reading/understand.ts';
import { outputName } from './build-case-file.ts';
import type { PastedOutput, Speaker, TranscriptLine } from './case.ts';
import { answerField, noteField } from './steps.ts';
import { factWords, nameOf, say } from './ticket-values.ts';

/** What goes along with a ticket beside what is known. */
export interface Evidence {
  readonly outputs: readonly PastedOutput[];
  readonly transcript: readonly TranscriptLine[];
}

/** Reads the log of a conversation: outputs become files, answers and texts the transcript. Everything in it is redacted. */
export function readEvidence(knowledge: Knowledge, conversation: Conversation, events: readonly Event[]): Evidence {
  const outputs: PastedOutput[] = [];
  const transcript: TranscriptLine[] = [];
  for (const event of events) {
    const { at, actor } = event;
    const speaker = speakerOf(conversation, actor);
    for (const text of textsOf(knowledge, conversation, event)) {
      const isOutput = event.kind === 'wrote' && understand(knowledge, text).output !== undefined;
      transcript.push({ at, speaker, text: isOutput ? outputName(outputs.length) : text });
      if (isOutput) outputs.push({ at, text });
    }
  }
  return { outputs, transcript };
}

export function speakerOf({ requester }: Conversation, { id, role }: Actor): Speaker {
  if (id === requester) return 'requester';
  return role === 'user' ? 'helper' : 'agent';
}

/** What was said: a text as it stands, an answer with the name of its question. */
function textsOf(knowledge: Knowledge, { locale }: Conversation, event: Event): readonly string[] {
  const answer = (question: string, value: FactValue) => {
    const words = value === unsure ? say(knowledge.texts[locale].interface.unsure, {}) : undefined;
    return `${nameOf(knowledge, locale, question)}: ${words ?? factWords(knowledge, locale, question, value)}`;
  };
  switch (event.kind) {
    case 'wrote':
      return [event.text];
    case 'chose':
      return stepQuestions(knowledge, event.step).map((question) => answer(question, event.choice));
    case 'filled': {
      const written = event.values[noteField] ?? event.values[answerField];
      if (written !== undefined) return [written];
      return stepQuestions(knowledge, event.step).flatMap((question) => {
        const value = event.values[question];
        return value === undefined ? [] : [answer(question, value)];
      });
    }
    case 'started':
      return event.opening.facts.map(({ question, value }) => answer(question, value));
    case 'resumed':
    case 'heard':
      return [];
    default:
      return event satisfies never;
  }
}
