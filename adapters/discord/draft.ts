import { type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Field, FieldProblems, Form } from '../../src/message/message.ts';
import type { Words } from '../../src/message/phrases.ts';
import { writeFormId } from './custom-id.ts';
import type { Body } from './first-answer.ts';
import { limits } from './limits.ts';
import { escapeMarkdown } from './markdown.ts';
import { noMentions } from './render.ts';
import { chunk, shorten } from './render-buttons.ts';

/**
 * An invisible space around the parts of a long value, since Discord drops white space at the ends of one.
 * Source: https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 */
const joint = '\u200b';

/**
 * Discord shows no problem at a field and opens no form on a form. So what was entered goes into a private message with a
 * button to the form: its embed holds the values, a field of the form each, and is read back when the button is pressed.
 * The message is a classic one for that reason, and survives a restart with all that was entered.
 */
export function renderDraft(
  words: Words,
  form: Form,
  page: number,
  values: Readonly<Record<string, string>>,
  says: readonly string[],
  button: 'answer-form' | 'next-page',
): Body {
  const fields = form.fields.flatMap((field) => {
    const value = shownValue(field, values[field.id] ?? '');
    const parts = chunk([...value], limits.embedFieldValue - 2 * joint.length);
    return parts.map((part, index) => ({
      name: index === 0 ? shorten(field.label, limits.embedFieldName) : '…',
      value: parts.length === 1 ? part.join('') : `${joint}${part.join('')}${joint}`,
    }));
  });
  const answer = {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: words.label(button),
    custom_id: writeFormId(form.address, page),
  } as const;
  return {
    content: says.join('\n'),
    embeds: fields.length === 0 ? [] : [{ fields: fields.slice(0, limits.embedFields) }],
    components: [{ type: ComponentType.ActionRow, components: [answer] }],
    allowed_mentions: noMentions,
  };
}

/** One line a wrong field. */
export function problemLines(form: Form, problems: FieldProblems): readonly string[] {
  return Object.entries(problems).map(([id, problem]) => {
    const label = form.fields.find((field) => field.id === id)?.label ?? id;
    return `**${escapeMarkdown(label)}**: ${escapeMarkdown(problem)}`;
  });
}

/** The values of such a message, by field id; none where the message is another. */
export function readDraft(form: Form, embeds: readonly Pick<APIEmbed, 'fields'>[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  let current: string | undefined;
  for (const { name, value } of embeds.flatMap(({ fields }) => fields ?? [])) {
    current =
      name === '…' ? current : form.fields.find(({ label }) => shorten(label, limits.embedFieldName) === name)?.id;
    if (current !== undefined) values[current] = `${values[current] ?? ''}${value.replaceAll(joint, '')}`;
  }
  for (const field of form.fields) {
    const value = values[field.id];
    if (value !== undefined) values[field.id] = readValue(field, value);
  }
  return values;
}

/** A choice is shown by its label and read back as its id. */
function shownValue(field: Field, value: string): string {
  return field.kind === 'choice' ? (field.choices.find(({ id }) => id === value)?.label ?? value) : value;
}

function readValue(field: Field, text: string): string {
  return field.kind === 'choice' ? (field.choices.find(({ label }) => label === text)?.id ?? text) : text;
}
