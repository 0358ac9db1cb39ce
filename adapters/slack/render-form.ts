import type { InputBlock, ModalView, PlainTextInput, StaticSelect } from '@slack/types';
import type { Field, FieldProblems, Form } from '../../src/message/message.ts';
import { limits } from './limits.ts';
import { modalFrame } from './modal-frame.ts';
import { plainText } from './render-buttons.ts';

export const formCallback = 'form';
/** Every field is a block of its own, named after the field; what is in it has this name. */
export const fieldAction = 'value';

/** Renders a form as a modal. `metadata` comes back with the submission (3,000 characters at most). */
export function renderForm(form: Form, metadata: string, choose: string): ModalView {
  return {
    ...modalFrame(formCallback, metadata, form),
    blocks: form.fields.slice(0, limits.viewBlocks).map((field) => renderField(field, choose)),
  };
}

function renderField(field: Field, choose: string): InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    label: plainText(field.label, limits.inputLabel),
    ...(field.hint === undefined ? {} : { hint: plainText(field.hint, limits.inputHint) }),
    element: renderElement(field, choose),
  };
}

function renderElement(field: Field, choose: string): PlainTextInput | StaticSelect {
  switch (field.kind) {
    case 'text':
    case 'paragraph':
    case 'paste':
      return {
        ...textInput(field.value),
        multiline: field.kind !== 'text',
        max_length: Math.min(field.maxLength, limits.inputText),
      };
    case 'number':
      return textInput(field.value);
    case 'choice': {
      const options = field.choices
        .slice(0, limits.optionsPerMenu)
        .map(({ id, label }) => ({ text: plainText(label, limits.optionText), value: id }));
      const initial = options.find(({ value }) => value === field.value);
      return {
        type: 'static_select',
        action_id: fieldAction,
        placeholder: plainText(choose, limits.placeholder),
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      };
    }
    default:
      return field satisfies never;
  }
}

/** Numbers are typed as text too: people write full-width digits and units, and the core reads both. */
function textInput(value: string | undefined): PlainTextInput {
  return { type: 'plain_text_input', action_id: fieldAction, ...(value === undefined ? {} : { initial_value: value }) };
}

/** The problems of a submission at their fields; one that belongs to no field shown stands at the first. */
export function renderProblems(problems: FieldProblems, shown: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [field, problem] of Object.entries(problems)) {
    const at = shown.includes(field) ? field : shown[0];
    if (at !== undefined) errors[at] = errors[at] === undefined ? problem : `${errors[at]} ${problem}`;
  }
  return errors;
}
