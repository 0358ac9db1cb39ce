import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { ComponentType } from 'discord.js';
import type { Form } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { redact } from '../../src/reading/redact.ts';
import type { Origin } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import { readCustomId } from './custom-id.ts';
import { problemLines, readDraft, renderDraft } from './draft.ts';
import { readFiles, unreadLines } from './files.ts';
import { type Body, FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { showOutcome } from './outcomes.ts';
import { formPages, pageIn, renderForm, uploadField } from './render-form.ts';

type Values = Readonly<Record<string, string>>;

/** Opens the form of a button, with what was entered before. False when the button opens none. */
export async function openForm(
  parts: IntakeParts,
  answer: FirstAnswer,
  interaction: MessageComponentInteraction,
  origin: Origin,
  address: string,
  page: number,
): Promise<boolean> {
  const form = await parts.bot.formAt(origin, address);
  if (form === undefined) return false;
  const upload = new Words(parts.knowledge(), form.locale).label('upload-label');
  const entered = readDraft(form, interaction.message.embeds);
  await answer.openForm(renderForm(form, pageIn(form, page), entered, upload));
  return true;
}

/** A form that was sent: the next page of it, what is wrong, or the turn. */
export async function takeForm(parts: IntakeParts, interaction: ModalSubmitInteraction): Promise<void> {
  const id = readCustomId(interaction.customId);
  if (id.kind !== 'form') return;
  const ownDraft = interaction.message?.flags.has('Ephemeral') === true;
  const answer = new FirstAnswer(interaction, parts, 'message');
  const origin = await originOf(parts, interaction, languagesOf(interaction));
  const say = async (body: Body) => (ownDraft ? answer.update([body]) : answer.tell([body]));
  try {
    const form = await parts.bot.formAt(origin, id.address);
    if (form === undefined)
      return await showOutcome(parts, answer, interaction, id.address, await parts.bot.press(origin, id.address));
    const words = new Words(parts.knowledge(), form.locale);
    const { entered, unread } = await enteredValues(parts, interaction, form.locale);
    const values = { ...readDraft(form, interaction.message?.embeds ?? []), ...entered };
    if (unread.length > 0)
      return await say(renderDraft(words, form, id.page, withoutSecrets(values), unread, 'answer-form'));
    const left = fieldsAfter(form, id.page);
    if (left > 0)
      return await say(
        renderDraft(
          words,
          form,
          id.page + 1,
          withoutSecrets(values),
          [words.label('form-continues', { count: left })],
          'next-page',
        ),
      );
    if (isEmptyPaste(form, values))
      return await say(renderDraft(words, form, 0, {}, [words.label('needs-text')], 'answer-form'));
    const outcome = await parts.bot.submit(origin, id.address, values);
    if (outcome.kind !== 'problems') return await showOutcome(parts, answer, interaction, id.address, outcome);
    const page = pageOf(form, Object.keys(outcome.problems));
    await say(
      renderDraft(words, form, page, withoutSecrets(values), problemLines(form, outcome.problems), 'answer-form'),
    );
  } catch (error) {
    parts.log.error({ interaction: interaction.id, reason: String(error) }, 'discord: a form was not saved');
    await answer.tell(parts.render(phraseMessage(parts, origin.locale, 'failed-to-save')));
  }
}

/** What was entered, by field id; a file joins what was pasted. `unread`: a line for each file that was not read. */
async function enteredValues(
  parts: IntakeParts,
  { fields }: ModalSubmitInteraction,
  locale: Locale,
): Promise<{ readonly entered: Values; readonly unread: readonly string[] }> {
  const values: Record<string, string> = {};
  for (const field of fields.fields.values()) {
    if (field.type === ComponentType.TextInput) values[field.customId] = field.value;
    if (field.type === ComponentType.RadioGroup) values[field.customId] = field.value ?? '';
    if (field.type === ComponentType.StringSelect) values[field.customId] = field.values[0] ?? '';
  }
  const files = fields.fields.has(uploadField) ? fields.getUploadedFiles(uploadField) : null;
  const read = await readFiles(parts, files?.values() ?? []);
  const entered = read.texts.length === 0 ? values : { ...values, [uploadField]: read.texts.join('\n') };
  return { entered, unread: unreadLines(parts, locale, read) };
}

/** What was entered goes back to Discord in a draft: no secret does. */
function withoutSecrets(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, redact(value).text]));
}

function isEmptyPaste(form: Form, values: Values): boolean {
  return (
    form.fields.some(({ kind }) => kind === 'paste') && Object.values(values).every((value) => value.trim() === '')
  );
}

function fieldsAfter(form: Form, page: number): number {
  return formPages(form)
    .slice(page + 1)
    .flat().length;
}

/** The first page with one of the fields. */
function pageOf(form: Form, ids: readonly string[]): number {
  return Math.max(
    0,
    formPages(form).findIndex((fields) => fields.some(({ id }) => ids.includes(id))),
  );
}
