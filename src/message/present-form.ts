import { stepQuestions } from '../conversation/walk.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Locale } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import { type Address, writeAddress } from './address.ts';
import type { Field, Form } from './message.ts';
import { Words } from './phrases.ts';

/** What a text field holds at most; a pasted output at most what Discord's and Slack's inputs take. */
const textLength = 200;
const pasteLength = 3000;

/** The form an address opens: the fields of its step, or one field to paste an output into. */
export function presentForm(knowledge: Knowledge, locale: Locale, address: Address): Form | undefined {
  const words = new Words(knowledge, locale);
  const shared = { locale, submit: words.label('send'), cancel: words.label('cancel') };
  if (address.choice === 'paste') {
    const field: Field = { kind: 'paste', id: 'paste', label: words.label('paste-field'), maxLength: pasteLength };
    return { ...shared, title: words.label('paste-title'), address: writeAddress(address), fields: [field] };
  }
  const questions = stepQuestions(knowledge, address.step);
  if (questions.length === 0) return undefined;
  const fields = questions.map((question) => fieldOf(words, question));
  return { ...shared, title: words.label('form-title'), address: writeAddress(address), fields };
}

function fieldOf(words: Words, id: string): Field {
  const question = words.knowledge.questions.get(id);
  const texts = words.texts.questions[id];
  const shared = {
    id,
    label: texts?.name ?? id,
    ...(texts === undefined ? {} : { hint: spansToText(fill(texts.ask)) }),
  };
  if (question === undefined) return { kind: 'text', ...shared, maxLength: textLength };
  switch (question.asks) {
    case 'number':
      return { kind: 'number', ...shared };
    case 'choice':
      return {
        kind: 'choice',
        ...shared,
        choices: [...(question.choices ?? []), 'unsure'].map((choice) => ({
          id: choice,
          label: words.value(id, choice),
        })),
      };
    case 'text':
    case 'code':
      return { kind: 'text', ...shared, maxLength: question.max ?? textLength };
    default:
      return question.asks satisfies never;
  }
}
