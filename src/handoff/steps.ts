/** The step of a handoff's addresses: its buttons and its forms. */
export const handoffStep = 'handoff';
/** The step whose choice is a field of the ticket that is to be said anew. */
export const handoffFieldStep = 'handoff-field';
/** The one field of the form that `handoff/note` opens. */
export const noteField = 'note';

/** The one field of the form in which a desk is answered. */
export const answerField = 'answer';

/** The step of the button and the form that answer in the ticket of that generation: an old one leads to no other desk. */
export function answerStep(generation: number): string {
  return `${answerSteps}${generation}`;
}

const answerSteps = 'handoff-answer-';

/** Which ticket of its conversation a step answers in; undefined for any other step. */
export function generationAnswered(step: string): number | undefined {
  return step.startsWith(answerSteps) ? Number(step.slice(answerSteps.length)) : undefined;
}

/** Whether a step is one of a handoff. */
export function isHandoffStep(step: string | undefined): boolean {
  return step === handoffStep || step === handoffFieldStep || step?.startsWith(answerSteps) === true;
}
