import { ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { readDraft, renderDraft } from '../../adapters/discord/draft.ts';
import { formPages, pageIn, renderForm } from '../../adapters/discord/render-form.ts';
import type { Field, Form } from '../../src/message/message.ts';
import { problemsInModal } from '../support/discord-peer/component-limits.ts';
import { isObject, type JsonObject } from '../support/discord-peer/json.ts';
import { ask, started, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const address = '1.bcdfghjkmnpqrs.3.step.form';
const formOf = (fields: readonly Field[]): Form => ({
  locale: 'en',
  title: 'Your answer',
  submit: 'Send',
  cancel: 'Cancel',
  address,
  fields,
});
const text = (id: string, more: object = {}): Field => ({
  kind: 'text',
  id,
  label: `Label ${id}`,
  maxLength: 200,
  ...more,
});
const choice = (id: string, count: number): Field => ({
  kind: 'choice',
  id,
  label: `Label ${id}`,
  choices: Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: `Choice ${index}` })),
});

function modalOf(form: Form, page = 0, values: Readonly<Record<string, string>> = {}): JsonObject {
  const data: unknown = JSON.parse(JSON.stringify(renderForm(form, page, values, 'Or a file')));
  if (!isObject(data)) throw new Error('no modal');
  return data;
}

describe('a form as a modal', () => {
  test('fits Discord with the longest labels, hints and values', () => {
    const long = { label: 'l'.repeat(45), hint: 'h'.repeat(300), value: 'v'.repeat(200) };
    expect(
      problemsInModal(modalOf(formOf([text('a', long), { kind: 'paste', id: 'b', label: 'Paste', maxLength: 9_000 }]))),
    ).toEqual([]);
  });

  test('asks a choice with radio buttons up to ten, with a menu above', () => {
    const kinds = renderForm(formOf([choice('few', 10), choice('many', 11)]), 0, { few: 'c3' }, '').components.map(
      (label) => 'component' in label && label.component,
    );
    expect(kinds).toMatchObject([{ type: ComponentType.RadioGroup }, { type: ComponentType.StringSelect }]);
    expect(JSON.stringify(kinds[0])).toContain('"value":"c3","label":"Choice 3","default":true');
  });

  test('has a field for a file where something is pasted', () => {
    const { components } = renderForm(
      formOf([{ kind: 'paste', id: 'paste', label: 'Paste', maxLength: 3_000 }]),
      0,
      {},
      'Or a file',
    );
    expect(components).toMatchObject([
      { label: 'Paste' },
      { label: 'Or a file', component: { type: ComponentType.FileUpload, required: false } },
    ]);
  });

  test('with more than five fields has pages', () => {
    const form = formOf(Array.from({ length: 12 }, (_, index) => text(`f${index}`)));
    expect(formPages(form).map((fields) => fields.length)).toEqual([5, 5, 2]);
    expect(problemsInModal(modalOf(form, 2))).toEqual([]);
  });

  test('says which of its pages is shown, and opens its last where an older button names one beyond', () => {
    const form = formOf(Array.from({ length: 7 }, (_, index) => text(`f${index}`)));
    expect(modalOf({ ...form, title: 't'.repeat(60) }, 1).title).toMatch(/^t+… \(2\/2\)$/);
    expect(problemsInModal(modalOf({ ...form, title: 't'.repeat(60) }, 1))).toEqual([]);
    expect(pageIn(form, 9)).toBe(1);
    expect(pageIn(formOf([text('a')]), 1)).toBe(0);
  });

  test('is filled again from the message that kept what was entered', () => {
    const form = formOf([text('a'), text('b'), { kind: 'paste', id: 'c', label: 'Paste', maxLength: 3_000 }]);
    const values = { a: 'one', c: 'slmgr /dlv\n \n'.repeat(200) };
    const { embeds = [] } = renderDraft(words(), form, 1, values, ['next'], 'next-page');
    // Discord drops white space at the ends: https://docs.discord.com/developers/resources/message#embed-object-embed-limits
    const trimmed = embeds.map(({ fields = [] }) => ({
      fields: fields.map(({ name, value }) => ({ name, value: value.trim() })),
    }));
    expect(readDraft(form, trimmed)).toEqual(values);
  });

  test('shows a choice in words, and reads it back', () => {
    const choices = [{ id: 'yes', label: 'Production' }];
    const form = formOf([{ kind: 'choice', id: 'a', label: 'Where?', choices }]);
    const { embeds = [] } = renderDraft(words(), form, 1, { a: 'yes' }, ['next'], 'next-page');
    expect(embeds[0]?.fields?.[0]?.value).toBe('Production');
    expect(readDraft(form, embeds)).toEqual({ a: 'yes' });
  });
});

describe('a form that was sent', () => {
  const wrong = async (entered = '0xC004'): Promise<DiscordSurface> => {
    const surface = await started();
    for (const [question, value] of [
      ['installed-edition-id', 'standard-eval'],
      ['licence-owned', 'yes'],
      ['domain-controller', 'no'],
      ['bought-edition', 'standard'],
      ['version-matches', 'yes'],
      ['installed-version', '2022'],
    ] as const) {
      await surface.newest(ask(question));
      await surface.press(words().value(question, value));
    }
    await surface.newest(words().label('how-did-it-go'));
    await surface.press(words().label('another-code'));
    await surface.newest(ask('error-code'));
    await surface.fill(words().label('answer-form'), { 'error-code': entered });
    return surface;
  };

  test('never shows again a key that was typed into it', async () => {
    const surface = await wrong('BCDFG-HJKMP-QRTVW-XY234-6789B');
    await surface.told('6789B');
    const thread = surface.peer.threads(surface.help)[0]?.id ?? '';
    expect(JSON.stringify(surface.peer.ephemeral(thread, surface.person.id))).not.toContain('HJKMP');
  });

  test('with a mistake is kept for the person alone, and opens again with what was entered', async () => {
    const surface = await wrong();
    const draft = await surface.told('0xC004');
    expect(draft.buttons).toEqual([words().label('answer-form')]);
    await surface.workbench.restart();
    const thread = surface.peer.threads(surface.help)[0]?.id ?? '';
    const message = surface.peer.ephemeral(thread, surface.person.id).at(-1);
    if (message === undefined) throw new Error('no draft');
    const { modal } = await surface.person.press(message, words().label('answer-form'));
    expect(JSON.stringify(modal?.components)).toContain('"value":"0xC004"');
    if (modal === undefined) throw new Error('no form');
    await surface.person.submitModal(modal, { 'error-code': '0xC004F074' });
    await surface.peer.waitFor(() => !(surface.place().at(-1)?.text ?? '').includes(ask('error-code')));
    await surface.peer.waitFor(() => surface.peer.ephemeral(thread, surface.person.id).length === 0);
  });

  test('with a file that cannot be read keeps what was pasted, and says so', async () => {
    const surface = await started();
    const prompt = surface.messages().at(-1);
    if (prompt === undefined) throw new Error('no prompt');
    const { modal } = await surface.person.press(prompt, words().label('paste-output'));
    if (modal === undefined) throw new Error('no form');
    const upload = [{ name: 'shot.png', content: new Uint8Array([137, 80, 0, 0]) }];
    const answer = await surface.person.submitModal(modal, { paste: 'Error: 0xC004F074', upload });
    const draft = await surface.peer.waitFor(() => answer.original());
    expect(shown(draft).text).toContain('could not read shot.png');
    const again = await surface.person.press(draft, words().label('answer-form'));
    expect(JSON.stringify(again.modal?.components)).toContain('"value":"Error: 0xC004F074"');
  });

  test('with nothing in it says what is wanted', async () => {
    const surface = await started();
    const prompt = surface.messages().at(-1);
    if (prompt === undefined) throw new Error('no prompt');
    const { modal } = await surface.person.press(prompt, words().label('paste-output'));
    if (modal === undefined) throw new Error('no form');
    const answer = await surface.person.submitModal(modal, { paste: '' });
    const told = answer.original();
    expect(told === undefined ? '' : shown(told).text).toContain(words().label('needs-text'));
  });

  test('with a file is read like a paste', async () => {
    const surface = await started();
    const prompt = surface.messages().at(-1);
    if (prompt === undefined) throw new Error('no prompt');
    const { modal } = await surface.person.press(prompt, words().label('paste-output'));
    if (modal === undefined) throw new Error('no form');
    const output =
      'Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nLicense Status: Notification\n';
    const bytes = new Uint8Array([0xff, 0xfe, ...Buffer.from(output, 'utf16le')]);
    await surface.person.submitModal(modal, { paste: '', upload: [{ name: 'dlv.txt', content: bytes }] });
    await surface.newest(ask('licence-owned'));
  });
});
