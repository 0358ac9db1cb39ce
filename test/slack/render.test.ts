import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { limits } from '../../adapters/slack/limits.ts';
import { type Payload, renderMessage } from '../../adapters/slack/render.ts';
import { renderForm, renderProblems } from '../../adapters/slack/render-form.ts';
import { renderAsk, renderHome } from '../../adapters/slack/render-home.ts';
import { renderSettings } from '../../adapters/slack/render-settings.ts';
import { firstAnswer } from '../../src/conversation/answer.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { presentForm } from '../../src/message/present-form.ts';
import { locales } from '../../src/text/locale.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';
import { checkBlocks, countText } from '../support/slack-peer/check-blocks.ts';
import { LIMITS } from '../support/slack-peer/limits.ts';
import { conversationIn, messagesOf } from '../support/talk.ts';

const knowledge = shippedKnowledge();
const options = { expandKey, choose: 'Choose' };
const render = (message: Message) => renderMessage(message, options);
const paragraph = (text: string): Message => ({
  locale: 'en',
  blocks: [{ kind: 'paragraph', spans: [{ kind: 'text', text }] }],
});
const button = (label: string, address: string) => ({ label, address, style: 'plain' as const });
const textIn = (value: unknown): string => JSON.stringify(value);

/** All text of a payload, in order. */
function textsOf(value: unknown): string {
  const found: string[] = [];
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'text' && typeof inner === 'string') found.push(inner);
    return inner;
  });
  return found.join('');
}

function problemsOf({ text, blocks }: Payload): readonly string[] {
  const plain = JSON.parse(JSON.stringify(blocks));
  const sum = countText(plain);
  return [
    ...checkBlocks(plain, LIMITS.blocksPerMessage),
    ...(sum > LIMITS.blockTextTotal ? [`${sum} characters of text`] : []),
    ...(text.length > limits.fallbackText || text === '' ? [`a fallback of ${text.length}`] : []),
  ];
}

/** The first answer to every code, in both languages, and the first message of every flow. */
function everyMessage(): readonly Message[] {
  const cards = [...knowledge.codes.keys(), '', 'nothing of ours'].flatMap((text) =>
    locales.map((locale) => presentAnswer(knowledge, locale, firstAnswer(knowledge, text, '2026-11-25T00:00:00Z'))),
  );
  const opened = [...knowledge.flows.keys()].flatMap((flow) =>
    locales.flatMap((locale) => messagesOf(conversationIn(flow, {}, { locale }))),
  );
  return [...cards, ...opened];
}

function everyView(): readonly object[] {
  const conversation = 'bcdfghjkmnpqrs';
  const groups = Array.from({ length: 150 }, (_, index) => ({
    id: `S${index}`,
    name: 'Licences',
    handle: `desk-${index}`,
  }));
  const steps = [...knowledge.flows.values()].flatMap(({ steps: each }) => Object.keys(each));
  return locales.flatMap((locale) => {
    const words = new Words(knowledge, locale);
    const forms = [...steps.map((step) => ({ step, choice: 'form' })), { step: 'nav', choice: 'paste' }]
      .map((at) => presentForm(knowledge, locale, { conversation, turn: 1, ...at }))
      .filter((form) => form !== undefined);
    const open = conversationIn('activation', { 'error-code': '0xC004FC07' }, { locale }).conversation;
    return [
      ...forms.map((form) => renderForm(form, '{}', words.label('choose'))),
      renderAsk(words),
      renderSettings(
        words,
        { locale, agents: ['U1', 'S1'], leads: ['U2'], agentChannel: 'C1', place: 'direct' },
        groups,
        { agents: ['U1', 'S9'], leads: ['U9'] },
      ),
      renderSettings(words, {}, [], { agents: [], leads: [] }),
      renderHome(words, [{ conversation: open, url: 'https://contoso.slack.com/archives/C1/p1' }], true),
      renderHome(words, [], false),
    ];
  });
}

describe('every message', () => {
  test('keeps to what Slack takes', () => {
    const problems = everyMessage().flatMap((message) => render(message).flatMap(problemsOf));
    expect(problems).toEqual([]);
  });
});

const schemas = new URL('../../../shared/specs/slack/block-kit/', import.meta.url);
describe.skipIf(!existsSync(schemas))('the structure Slack publishes (../shared/specs)', () => {
  const schema = (name: string) =>
    new Ajv({ strict: false, allErrors: true }).compile(
      JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8')),
    );

  test('is that of every message', () => {
    const isMessage = schema('message');
    for (const page of everyMessage().flatMap(render)) {
      if (!isMessage(page))
        expect.fail(`${JSON.stringify(isMessage.errors?.[0])} in ${JSON.stringify(page).slice(0, 500)}`);
    }
  });

  test('is that of every view', () => {
    const isView = schema('view');
    for (const view of everyView()) {
      if (!isView(view)) expect.fail(`${JSON.stringify(isView.errors?.[0])} in ${JSON.stringify(view).slice(0, 500)}`);
    }
  });
});

describe('a message', () => {
  test('that is long becomes several, and nothing is lost', () => {
    const lines = Array.from({ length: 2_000 }, (_, line) => `line ${line} of a long text`).join('\n');
    const message: Message = { locale: 'en', blocks: [{ kind: 'code', text: lines }], actions: [button('Back', 'b')] };
    const pages = render(message);
    expect(pages.flatMap(problemsOf)).toEqual([]);
    expect(pages.map(({ blocks }) => textsOf(blocks.filter(({ type }) => type === 'rich_text'))).join('')).toBe(lines);
    expect(pages.filter(({ blocks }) => blocks.some(({ type }) => type === 'actions'))).toHaveLength(1);
    expect(pages.at(-1)?.blocks.at(-1)?.type).toBe('actions');
  });

  test('of many blocks becomes several', () => {
    const blocks = Array.from({ length: 120 }, () => ({ kind: 'divider' }) as const);
    const pages = render({ locale: 'en', blocks });
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(({ blocks: each }) => each)).toHaveLength(120);
  });

  test('can mention nobody and forge no link', () => {
    const [page] = render(paragraph('<!everyone> <@U1> <https://evil.example|slack> & *bold* `code`'));
    expect(page.text).toContain('&lt;!everyone&gt; &lt;@U1&gt;');
    expect(page.blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: '<!everyone> <@U1> <https://evil.example|slack> & *bold* `code`' }],
          },
        ],
      },
    ]);
  });

  test('styles runs as data, so that Japanese needs no spaces around them', () => {
    const [page] = render({
      locale: 'ja',
      blocks: [
        {
          kind: 'paragraph',
          spans: [
            { kind: 'strong', text: '評価版' },
            { kind: 'text', text: 'です' },
          ],
        },
      ],
    });
    expect(textIn(page.blocks)).toContain('"style":{"bold":true}');
    expect(textIn(page.blocks)).not.toContain('*');
  });

  test('shows five choices as buttons and six as a menu, with the same addresses', () => {
    const choices = (count: number) =>
      Array.from({ length: count }, (_, index) => button(`Choice ${index}`, `1.x.${index}`));
    const [five] = render({ locale: 'en', blocks: [], choices: choices(5) });
    const [six] = render({ locale: 'en', blocks: [], choices: choices(6) });
    expect(textIn(five.blocks)).not.toContain('static_select');
    expect(textIn(six.blocks)).toContain('static_select');
    for (const { address } of choices(6)) expect(textIn(six.blocks)).toContain(address);
  });

  test('keeps what is too long for a menu a button', () => {
    const long = button('Start', `1.new.0.start.${'x'.repeat(80)}`);
    const [page] = render({
      locale: 'en',
      blocks: [],
      actions: [long, ...Array.from({ length: 6 }, (_, index) => button(`${index}`, `${index}`))],
    });
    expect(textIn(page.blocks)).toContain(`"value":"${long.address}"`);
    expect(problemsOf(page)).toEqual([]);
  });

  test('with nothing in it is still a message', () => {
    expect(
      problemsOf(
        render({
          locale: 'en',
          blocks: [
            { kind: 'paragraph', spans: [] },
            { kind: 'code', text: '' },
          ],
        })[0],
      ),
    ).toEqual([]);
  });

  test('expands a published key by its id', () => {
    const [id] = knowledge.editions.keys.map((key) => key.id);
    const [page] = render({ locale: 'en', blocks: [{ kind: 'paragraph', spans: [{ kind: 'key', id: id ?? '' }] }] });
    expect(textIn(page.blocks)).toContain(expandKey(id ?? ''));
  });
});

describe('the problems of a form', () => {
  test('stand at their fields; one of no field stands at the first', () => {
    expect(renderProblems({ users: 'a number', form: 'not open' }, ['users', 'devices'])).toEqual({
      users: 'a number not open',
    });
    expect(renderProblems({ form: 'not open' }, [])).toEqual({});
  });
});
