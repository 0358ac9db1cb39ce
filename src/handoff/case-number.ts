/** The number people read and type: letters without vowels from the conversation's id, so that it never is a word or a count. */
export function caseNumber(conversation: string): string {
  return `LIC-${conversation.slice(0, 10).toUpperCase()}`;
}

/** The reference machines compare, the same over every try. A case that is sent to another desk gets a new generation. */
export function referenceOf(workspace: string, conversation: string, generation: number): string {
  return `ld:${workspace}:${conversation}:${generation}`;
}

/** Which ticket of its conversation a reference names. */
export function generationOf(reference: string): number {
  return Number(reference.slice(reference.lastIndexOf(':') + 1));
}
