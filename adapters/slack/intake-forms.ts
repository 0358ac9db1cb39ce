import type { App, SlackViewMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Form } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import type { Submission } from '../../src/service/bot.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { mayShowContract } from './contract-data.ts';
import { type IntakeParts, readPayload } from './intake.ts';
import { openView } from './open-view.ts';
import { ViewSubmission } from './payloads.ts';
import { fieldAction, formCallback, renderForm, renderProblems } from './render-form.ts';
import { interactionScene } from './scene.ts';
import type { Showing } from './show.ts';
import { readSpot, type Spot, writeSpot } from './spot.ts';
import { originOf } from './standing.ts';

/** What a modal remembers of where it was opened. */
const Metadata = z.object({ address: z.string(), spot: z.string(), locale: z.enum(locales) });

/** Opens a form, before any other call. Where that fails, the question stands in the thread. */
export function openForm(
  parts: IntakeParts,
  triggerId: string,
  form: Form,
  { spot, showing }: { readonly spot: Spot; readonly showing: Showing },
): void {
  const { address, locale } = form;
  const metadata: z.infer<typeof Metadata> = { address, spot: writeSpot(spot), locale };
  const choose = new Words(parts.knowledge(), locale).label('choose');
  const view = renderForm(form, JSON.stringify(metadata), choose);
  parts.afterwards.run('form', () => openView(parts, triggerId, view, { showing, locale }));
}

/** A submitted form. Its ack carries what is wrong at the fields concerned, and says so when it could not be saved. */
export function listenForForms(app: App, parts: IntakeParts): void {
  app.view(formCallback, async ({ ack, body }) => {
    const submitted = readPayload(parts, ViewSubmission, body);
    const metadata = submitted === undefined ? undefined : readMetadata(submitted.view.private_metadata);
    if (submitted === undefined || metadata === undefined) return ack();
    const { address, spot, locale } = metadata;
    const fields = submitted.view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
    const values = Object.fromEntries(fields.map((field) => [field, entered(submitted, field)]));
    const receipt = `slack:${submitted.trigger_id}`;
    const submission = await savingForm(parts, locale, ack, fields[0], async () => {
      const contract = mayShowContract(address);
      const scene = interactionScene(submitted);
      const origin = await originOf(parts, scene, { receipt, spot: readSpot(spot), locale, contract });
      return parts.bot.submit(origin, address, values);
    });
    if (submission === undefined) return;
    const problems = problemsOf(parts, submission, fields);
    await ack(problems === undefined ? undefined : { response_action: 'errors', errors: problems });
  });
}

/**
 * What `work` gives, which saves a submitted form. When it throws nothing was saved: the ack then says so at `field`, where
 * the person still has what they entered, and undefined is returned.
 */
export async function savingForm<T>(
  { log, knowledge }: IntakeParts,
  locale: Locale,
  ack: SlackViewMiddlewareArgs['ack'],
  field: string | undefined,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    log.error({ error: String(error) }, 'slack: form not saved');
    const says = new Words(knowledge(), locale).label('failed-to-save');
    await ack({ response_action: 'errors', errors: field === undefined ? {} : { [field]: says } });
    return undefined;
  }
}

function readMetadata(text: string): z.infer<typeof Metadata> | undefined {
  try {
    return Metadata.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function entered({ view }: ViewSubmission, field: string): string {
  const entry = view.state.values[field]?.[fieldAction];
  return entry?.selected_option?.value ?? entry?.value ?? '';
}

/** What stands at the fields: the problems, or why the submission changes nothing. */
function problemsOf(
  { expandKey }: IntakeParts,
  submission: Submission,
  fields: readonly string[],
): Record<string, string> | undefined {
  switch (submission.kind) {
    case 'problems':
      return renderProblems(submission.problems, fields);
    case 'card':
    case 'refused':
      return renderProblems({ form: messageToText(submission.message, expandKey) }, fields);
    case 'turned':
    case 'duplicate':
    case 'ignored':
      return undefined;
    default:
      return submission satisfies never;
  }
}
