/** The step of a handoff's addresses: its buttons and its forms. */
export const handoffStep = 'handoff';
/** The step whose choice is a field of the ticket that is to be said anew. */
export const handoffFieldStep = 'handoff-field';
/** The one field of the form that `handoff/note` opens. */
export const noteField = 'note';
