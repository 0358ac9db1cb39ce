import { ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { limits } from '../../adapters/discord/limits.ts';
import { codeBlock, escapeMarkdown, markdown } from '../../adapters/discord/markdown.ts';
import { type Payload, renderMessage } from '../../adapters/discord/render.ts';
import { answerTo } from '../../src/conversation/answer.ts';
import type { Button, Message } from '../../src/message/message.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { locales } from '../../src/text/locale.ts';
import { isObject, type JsonObject } from '../support/discord-peer/json.ts';
import { problemsInMessage } from '../support/discord-peer/message-limits.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';
import { componentsOf } from './shown.ts';

const options = { expandKey, choose: 'Choose' };
const render = (message: Message) => renderMessage(message, options);
const paragraph = (text: string): Message => ({
  locale: 'en',
  blocks: [{ kind: 'paragraph', spans: [{ kind: 'text', text }] }],
});
const buttons = (count: number): readonly Button[] =>
  Array.from({ length: count }, (_, index) => ({
    label: `Choice ${index}`,
    address: `1.bcdfghjkmnpqrs.1.step.c${index}`,
    style: 'plain',
  }));

function bodyOf(payload: Payload): JsonObject & { readonly components: readonly JsonObject[] } {
  const body: unknown = JSON.parse(JSON.stringify(payload));
  if (!isObject(body) || !Array.isArray(body.components)) throw new Error('no body');
  return { ...body, components: body.components };
}

function problemsOf(message: Message) {
  return render(message).flatMap((payload) => problemsInMessage(bodyOf(payload), payload.flags));
}

const textsOf = (message: Message) =>
  render(message).map((payload) =>
    componentsOf(bodyOf(payload))
      .filter(({ type }) => type === ComponentType.TextDisplay)
      .map(({ content }) => String(content))
      .join('\n'),
  );

describe('text', () => {
  test('means nothing to Discord, whatever is in it', () => {
    expect(escapeMarkdown('**a** _b_ ~~c~~ `d` ||e|| # f > g [h](http://x) <@1> @everyone')).toBe(
      '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\|\\|e\\|\\| \\# f \\> g \\[h\\]\\(http://x\\) \\<\\@1\\> \\@everyone',
    );
    expect(escapeMarkdown('- a\n1. b\n+ c')).toBe('\\- a\n1\\. b\n\\+ c');
    expect(escapeMarkdown('a\u202eb\u0000c')).toBe('abc');
  });

  test('keeps commands as they are, with a backtick in them too', () => {
    expect(markdown([{ kind: 'code', text: 'slmgr /dlv' }], expandKey)).toBe('`slmgr /dlv`');
    expect(markdown([{ kind: 'code', text: 'a`b' }], expandKey)).toBe('`` a`b ``');
    expect(codeBlock('a\n```\nb')).not.toContain('\n```\nb');
  });

  test('shows bold in Japanese without spaces around it', () => {
    expect(
      markdown(
        [
          { kind: 'text', text: 'これは' },
          { kind: 'strong', text: '重要' },
          { kind: 'text', text: 'です' },
        ],
        expandKey,
      ),
    ).toBe('これは**重要**です');
  });
});

describe('a message', () => {
  test('of any length goes into as many as it takes, and nothing of it is lost', () => {
    const text = Array.from({ length: 3_000 }, (_, index) => `w${index}`).join(' ');
    const pages = textsOf(paragraph(text));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.join(' ').replace(/\s+/g, ' ')).toBe(text);
    expect(problemsOf(paragraph(text))).toEqual([]);
    expect(problemsOf(paragraph('*'.repeat(9_000)))).toEqual([]);
  });

  test('shows up to five choices as buttons, more as a menu, and above 25 as several menus', () => {
    const rowsOf = (count: number) => {
      const [payload] = render({ ...paragraph('Which?'), choices: buttons(count) });
      const rows = bodyOf(payload).components.filter(({ type }) => type === ComponentType.ActionRow);
      return rows.map((row) => componentsOf({ components: [row] }).slice(1));
    };
    expect(rowsOf(5).map((row) => row.length)).toEqual([5]);
    expect(rowsOf(6).map(([menu]) => menu?.type)).toEqual([ComponentType.StringSelect]);
    expect(rowsOf(60).map(([menu]) => (Array.isArray(menu?.options) ? menu.options.length : 0))).toEqual([25, 25, 10]);
    expect(rowsOf(60)[2]?.[0]?.placeholder).toBe('Choose (3/3)');
  });

  test('keeps a button that opens a form a button, also beside a menu', () => {
    const form: Button = { label: 'Answer', address: '1.bcdfghjkmnpqrs.1.step.form', style: 'primary', opens: 'form' };
    const [payload] = render({ ...paragraph('Which?'), choices: [form, ...buttons(7)] });
    const found = componentsOf(bodyOf(payload)).find(({ label }) => label === 'Answer');
    expect(found).toMatchObject({ type: ComponentType.Button, custom_id: 'form.0.1.bcdfghjkmnpqrs.1.step.form' });
  });

  test('with the longest addresses still fits an id', () => {
    const address = `1.${'b'.repeat(14)}.999999.${'s'.repeat(24)}.${'c'.repeat(24)}`;
    const [payload] = render({ ...paragraph('x'), actions: [{ label: 'x', address, style: 'plain', opens: 'form' }] });
    const ids = componentsOf(bodyOf(payload)).map(({ custom_id }) => String(custom_id ?? ''));
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(limits.customId);
  });

  test('pings nobody', () => {
    for (const payload of render(paragraph('@everyone <@1> <@&2>')))
      expect(payload.allowed_mentions).toEqual({ parse: [] });
  });
});

describe.each(locales)('every card in %s', (locale) => {
  const knowledge = shippedKnowledge();
  test.each(['menu', ...knowledge.flows.keys(), ...knowledge.symptoms.keys(), ...knowledge.codes.keys()])(
    'fits: %s',
    (subject) => {
      const message = presentAnswer(knowledge, locale, answerTo(knowledge, subject, [], '2026-11-25T00:00:00Z'));
      expect(problemsOf(message)).toEqual([]);
    },
  );
});
