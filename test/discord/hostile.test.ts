import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../support/discord-peer/json.ts';
import { begin } from './bench.ts';
import type { DiscordSurface } from './surface.ts';

const examples = new URL('../../../shared/specs/discord/docs-examples/interactions/', import.meta.url);

/** What is stored, and whether the bot still answers. */
async function afterwards(surface: DiscordSurface) {
  const card = await surface.lookUp('0xC004FC07');
  const { database } = surface.workbench.store();
  const turns = await database.read(database.sql.selectFrom('turn_log').selectAll());
  return { answers: card.text.includes('0xC004FC07'), turns: turns.length };
}

const stillThere = { answers: true, turns: 0 };

const interaction = (more: object): JsonObject => ({
  id: '1',
  application_id: '2',
  token: 'x',
  version: 1,
  locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: {},
  attachment_size_limit: 1,
  channel_id: '3',
  channel: { id: '3', type: 1 },
  user: { id: '4', username: 'x', discriminator: '0', global_name: null, avatar: null },
  context: 1,
  ...more,
});
const message = {
  id: '5',
  channel_id: '3',
  type: 0,
  content: '',
  author: { id: '2', username: 'b', discriminator: '0' },
  embeds: [],
  attachments: [],
  components: [],
  mentions: [],
  mention_roles: [],
  timestamp: '2026-11-25T00:00:00Z',
  edited_timestamp: null,
  pinned: false,
  tts: false,
  mention_everyone: false,
};

describe('a payload that nobody expects', () => {
  test.each([
    ['a button that is not ours', { type: 3, message, data: { component_type: 2, custom_id: 'not:ours' } }],
    ['a button with an empty id', { type: 3, message, data: { component_type: 2, custom_id: '' } }],
    [
      'a button of a conversation that never was',
      { type: 3, message, data: { component_type: 2, custom_id: '1.bcdfghjkmnpqrs.1.step.choice' } },
    ],
    [
      'a form of a conversation that never was',
      { type: 5, message, data: { custom_id: 'form.9.1.bcdfghjkmnpqrs.1.step.form', components: [] } },
    ],
    ['a form with a huge id', { type: 5, data: { custom_id: `form.0.${'x'.repeat(5_000)}`, components: [] } }],
    [
      'a menu with nothing chosen',
      { type: 3, message, data: { component_type: 3, custom_id: 'menu.choice0', values: [] } },
    ],
    [
      'a start with a subject that is not there',
      { type: 3, message, data: { component_type: 2, custom_id: '1.new.0.start.nothing~a=b' } },
    ],
    [
      'a setting that is not there',
      { type: 3, message, data: { component_type: 3, custom_id: 'settings.__proto__', values: ['x'] } },
    ],
    ['a command that is not ours', { type: 2, data: { id: '9', name: 'other', type: 1 } }],
    ['our command without its text', { type: 2, data: { id: '9', name: 'licence', type: 1 } }],
    ['a type of the future', { type: 99, data: {} }],
  ])('ends nothing and changes nothing: %s', async (_, more) => {
    const surface = await begin();
    surface.peer.gateway.inject('INTERACTION_CREATE', interaction(more));
    expect(await afterwards(surface)).toEqual(stillThere);
  });
});

describe.skipIf(!existsSync(examples))('the interactions of Discord’s own pages', () => {
  test('are told apart from ours, and the bot answers on', async () => {
    const surface = await begin();
    const names = readdirSync(examples);
    for (const name of names) {
      const example: unknown = JSON.parse(readFileSync(new URL(name, examples), 'utf8'));
      if (isObject(example)) surface.peer.gateway.inject('INTERACTION_CREATE', { ...interaction({}), ...example });
    }
    expect(names.length).toBeGreaterThan(15);
    expect(await afterwards(surface)).toEqual(stillThere);
  });
});
