import type { Knowledge } from '../knowledge/knowledge.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import { readKnownCodes } from '../reading/known-codes.ts';
import { foldWords } from '../reading/phrase.ts';
import { isUnsure } from '../reading/reply.ts';
import { type FactValue, isAnswer } from './fact.ts';

export type FormProblem = 'needs-number' | 'number-too-big' | 'needs-text' | 'needs-choice' | 'needs-code';

export type FormReading =
  | { readonly kind: 'answers'; readonly answers: Readonly<Record<string, FactValue>> }
  | { readonly kind: 'problems'; readonly problems: Readonly<Record<string, FormProblem>> };

/** Reads what was typed into the fields of a form, by question id. Every wrong field is named. */
export function readForm(
  knowledge: Knowledge,
  questions: readonly string[],
  values: Readonly<Record<string, string>>,
): FormReading {
  const answers: Record<string, FactValue> = {};
  const problems: Record<string, FormProblem> = {};
  for (const id of questions) {
    const field = readField(knowledge, id, (values[id] ?? '').normalize('NFKC').trim());
    if (typeof field === 'object') problems[id] = field.problem;
    else answers[id] = field;
  }
  return Object.keys(problems).length > 0 || questions.length === 0
    ? { kind: 'problems', problems }
    : { kind: 'answers', answers };
}

function readField(knowledge: Knowledge, id: string, text: string): FactValue | { readonly problem: FormProblem } {
  const question = knowledge.questions.get(id);
  if (question === undefined) return { problem: 'needs-text' };
  if (text === unsure || isUnsure(knowledge, foldWords(text))) return unsure;
  switch (question.asks) {
    case 'text':
      return isAnswer(question, text) ? text : { problem: 'needs-text' };
    case 'choice':
      return isAnswer(question, text) ? text : { problem: 'needs-choice' };
    case 'code': {
      const [reading, ...more] = readKnownCodes(knowledge, text);
      return reading === undefined || more.length > 0 ? { problem: 'needs-code' } : reading.code;
    }
    case 'number': {
      const digits = /^(\d{1,9})(?:人|台|個|コア|日)?$/.exec(text)?.[1];
      if (digits === undefined) return { problem: 'needs-number' };
      return isAnswer(question, Number(digits)) ? Number(digits) : { problem: 'number-too-big' };
    }
    default:
      return question.asks satisfies never;
  }
}
