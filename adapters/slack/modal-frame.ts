import type { ModalView } from '@slack/types';
import type { Form } from '../../src/message/message.ts';
import { limits } from './limits.ts';
import { plainText } from './render-buttons.ts';

/** Everything of a modal but its blocks. `metadata` comes back with what was entered. */
export function modalFrame(
  callback: string,
  metadata: string,
  { title, submit, cancel }: Pick<Form, 'title' | 'submit' | 'cancel'>,
): Omit<ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    title: plainText(title, limits.viewTitle),
    submit: plainText(submit, limits.viewButton),
    close: plainText(cancel, limits.viewButton),
  };
}
