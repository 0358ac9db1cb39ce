import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Field, Form } from '../../src/message/message.ts';
import { writeFormId } from './custom-id.ts';
import { limits } from './limits.ts';
import { chunk, shorten } from './render-buttons.ts';

/** The field a file is uploaded into, beside one to paste into. */
export const uploadField = 'upload';

/** The fields of each page: a modal holds five. */
export function formPages(form: Form): readonly (readonly Field[])[] {
  return chunk(form.fields, limits.modalFields);
}

/** The page of a form that an older button names, or its last: what a form asks for may have become less since. */
export function pageIn(form: Form, page: number): number {
  return Math.min(page, formPages(form).length - 1);
}

/**
 * One page of a form as a modal, with what was entered before. Long hints are shortened: the prompt the form belongs to
 * says them in full. `upload` labels the field for a file, which a form to paste into has.
 */
export function renderForm(
  form: Form,
  page: number,
  values: Readonly<Record<string, string>>,
  upload: string,
): APIModalInteractionResponseCallbackData {
  const pages = formPages(form);
  const fields = pages[page] ?? [];
  const count = pages.length === 1 ? '' : ` (${page + 1}/${pages.length})`;
  const pastes = fields.some(({ kind }) => kind === 'paste');
  return {
    custom_id: writeFormId(form.address, page),
    title: `${shorten(form.title, limits.modalTitle - count.length)}${count}`,
    components: [
      ...fields.map((field) => labelled(field, values[field.id] ?? field.value)),
      ...(pastes ? [uploadLabel(upload)] : []),
    ],
  };
}

function labelled(field: Field, value: string | undefined): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(field.label, limits.fieldLabel),
    ...(field.hint === undefined ? {} : { description: shorten(field.hint, limits.fieldHint) }),
    component: input(field, value),
  };
}

function input(field: Field, value: string | undefined): APIComponentInLabel {
  switch (field.kind) {
    case 'text':
      return textInput(field.id, value, TextInputStyle.Short, field.maxLength, true);
    case 'paragraph':
      return textInput(field.id, value, TextInputStyle.Paragraph, field.maxLength, true);
    case 'paste':
      return textInput(field.id, value, TextInputStyle.Paragraph, field.maxLength, false);
    case 'number':
      return textInput(field.id, value, TextInputStyle.Short, limits.fieldHint, true);
    case 'choice': {
      const options = field.choices.map(({ id, label }) => ({
        value: id,
        label: shorten(label, limits.optionText),
        ...(id === value ? { default: true } : {}),
      }));
      const { least, most } = limits.radioOptions;
      if (options.length >= least && options.length <= most)
        return { type: ComponentType.RadioGroup, custom_id: field.id, options };
      return { type: ComponentType.StringSelect, custom_id: field.id, options };
    }
    default:
      return field satisfies never;
  }
}

/** Numbers are typed as text: people write full-width digits and units, and the core reads both. */
function textInput(
  id: string,
  value: string | undefined,
  style: TextInputStyle,
  maxLength: number,
  required: boolean,
): APIComponentInLabel {
  const most = Math.min(maxLength, limits.inputText);
  return {
    type: ComponentType.TextInput,
    custom_id: id,
    style,
    required,
    max_length: most,
    ...(value === undefined || value === '' ? {} : { value: value.slice(0, most) }),
  };
}

function uploadLabel(label: string): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(label, limits.fieldLabel),
    component: {
      type: ComponentType.FileUpload,
      custom_id: uploadField,
      required: false,
      min_values: 0,
      max_values: 1,
    },
  };
}
