import type { ModalView } from '@slack/types';
import type { Locale } from '../../src/text/locale.ts';
import { readFault } from './faults.ts';
import { type IntakeParts, phraseMessage } from './intake.ts';
import { type Showing, show } from './show.ts';

/**
 * Opens a modal: a trigger lives three seconds. Where it came too late, or Slack would not, the person is told to press
 * again or to write.
 */
export async function openView(
  parts: IntakeParts,
  triggerId: string,
  view: ModalView,
  { showing, locale }: { readonly showing: Showing; readonly locale: Locale },
): Promise<void> {
  try {
    const client = await parts.web.client(showing.scene.installation);
    await client.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    parts.log.warn({ view: view.callback_id, fault: readFault(error) }, 'slack: form not opened');
    await show(parts, showing, phraseMessage(parts, locale, 'form-late'), 'privately');
  }
}
