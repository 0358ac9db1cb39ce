import { describe, expect, test } from 'vitest';
import { ask, begin, start, started, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const directMessages = (surface: DiscordSurface) => surface.peer.messages(surface.person.dmChannelId()).map(shown);
const settings = (surface: DiscordSurface, value: object) =>
  surface.workbench.store().workspaces.save(`discord:${surface.peer.guild().id}`, value);

/** As Discord answers. Source: https://github.com/ralphkb/sentinel-tickets/issues/105 */
const wordFilter = {
  path: 'name',
  code: 'INVALID_COMMUNITY_PROPERTY_NAME',
  message: 'Contains words not allowed for servers in Server Discovery.',
};

const refusal = (status: number, code: number) => ({ kind: 'error', status, code, message: 'refused' }) as const;

describe('the place of a conversation', () => {
  test('is a private thread with the requester in it, and nothing in the channel', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    expect(thread).toMatchObject({ type: 12, name: expect.stringMatching(/^licence-[a-z]{14}$/) });
    expect(thread?.thread_metadata.invitable).toBe(false);
    expect(surface.peer.threadMembers(thread?.id ?? '')).toContain(surface.person.id);
    expect(surface.peer.messages(surface.help)).toEqual([]);
    const told = await surface.told(words().label('place-link'));
    expect(told.buttons).toEqual([]);
  });

  test('is a thread on a message where the workspace wants everybody to read it', async () => {
    const surface = await begin();
    await settings(surface, { place: 'public' });
    await start(surface);
    const [thread] = surface.peer.threads(surface.help);
    expect(thread?.type).toBe(11);
    expect(surface.peer.messages(surface.help).map(({ id }) => id)).toEqual([thread?.id]);
  });

  test('is a direct message where the workspace wants that', async () => {
    const surface = await begin();
    await settings(surface, { place: 'direct' });
    await surface.lookUp('0xC004FC07');
    await surface.pressCard(words().label('start'));
    await surface.peer.waitFor(() =>
      directMessages(surface).some(({ text }) => text.includes(ask('installed-edition-id'))),
    );
    expect(surface.peer.threads(surface.help)).toEqual([]);
  });

  test('is a public thread where private ones are not allowed, and says which permission is missing', async () => {
    const surface = await begin();
    surface.peer.deny(surface.help, 'CREATE_PRIVATE_THREADS');
    await start(surface);
    expect(surface.peer.threads(surface.help)[0]?.type).toBe(11);
    expect(shown(surface.peer.messages(surface.help)[0] ?? fail()).text).toContain('Create Private Threads');
    expect(surface.peer.calls('POST /channels/:id/threads')).toEqual([]);
  });

  test('is a direct message where no thread is allowed, and says so', async () => {
    const surface = await begin();
    surface.peer.deny(surface.help, 'CREATE_PRIVATE_THREADS', 'CREATE_PUBLIC_THREADS');
    await surface.lookUp('0xC004FC07');
    await surface.pressCard(words().label('start'));
    await surface.peer.waitFor(() => directMessages(surface).length >= 2);
    expect(directMessages(surface)[0]?.text).toContain('Create Private Threads');
  });

  test('is another kind where Discord refuses what it told us was allowed', async () => {
    const surface = await begin();
    surface.peer.faults.next(
      'POST /channels/:id/threads',
      { kind: 'error', status: 403, code: 50013, message: 'Missing Permissions' },
      1,
    );
    await start(surface);
    expect(surface.peer.threads(surface.help)[0]?.type).toBe(11);
  });

  test.each([
    ['automatic moderation', { code: 200_000, message: 'Message was blocked by automatic moderation' }],
    ['the word filter of server discovery', { code: 50_035, message: 'Invalid Form Body', problems: [wordFilter] }],
  ])('gets another name where %s refuses it', async (_, refusal) => {
    const surface = await begin();
    surface.peer.faults.next('POST /channels/:id/threads', { kind: 'error', status: 400, ...refusal });
    await start(surface);
    expect(surface.peer.threads(surface.help)[0]?.name).toMatch(/^request-[a-z]{7}$/);
  });

  test('is made once when nobody knows whether it was made', async () => {
    const surface = await begin();
    surface.peer.faults.next('POST /channels/:id/threads', { kind: 'reset-after-commit' }, 1);
    await start(surface);
    expect(surface.peer.threads(surface.help)).toHaveLength(1);
  });

  test('is refused in words where neither a thread nor a direct message is allowed', async () => {
    const surface = await begin();
    const { peer, help } = surface;
    peer.deny(help, 'CREATE_PRIVATE_THREADS', 'CREATE_PUBLIC_THREADS');
    const closed = peer.user('closed', { dms: 'closed' });
    const card = (await closed.slash(help, 'licence', { query: '0xC004FC07' })).original();
    await closed.press(card ?? fail(), words().label('start'));
    await peer.waitFor(() =>
      peer
        .ephemeral(help, closed.id)
        .find((each) => shown(each).text.includes('Missing permission: Create Private Threads')),
    );
  });

  test('is told with the way to it where it is a direct message', async () => {
    const surface = await begin();
    await settings(surface, { place: 'direct' });
    await surface.lookUp('0xC004FC07');
    await surface.pressCard(words().label('start'));
    const told = await surface.told('We go on in your direct messages');
    expect(told.buttons).toEqual([]);
  });

  test('is somewhere else where the command was used in a forum', async () => {
    const surface = await begin();
    surface.peer.faults.next('POST /channels/:id/threads', refusal(400, 50_024), 1);
    surface.peer.faults.next('POST /channels/:id/messages', refusal(400, 50_008), 1);
    await surface.lookUp('0xC004FC07');
    await surface.pressCard(words().label('start'));
    await surface.peer.waitFor(() =>
      directMessages(surface).some(({ text }) => text.includes(ask('installed-edition-id'))),
    );
  });

  test('is made again when a moderator has locked it', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    surface.peer.archive(thread?.id ?? '', true);
    await surface.press(words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
    const [, another] = surface.peer.threads(surface.help);
    expect(surface.peer.threadMembers(another?.id ?? '')).toContain(surface.person.id);
    expect(surface.workbench.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('is made again when it was deleted or is out of reach', async () => {
    const surface = await started();
    surface.peer.faults.next(
      'POST /channels/:id/messages',
      { kind: 'error', status: 404, code: 10003, message: 'Unknown Channel' },
      1,
    );
    await surface.press(words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
    expect(surface.peer.threads(surface.help)).toHaveLength(2);
  });
});

describe('a delivery', () => {
  test.each(['reset-after-commit', 'reset-before-commit', 'http500', 'http500-after-commit'] as const)(
    'shows its message once after %s',
    async (kind) => {
      const surface = await started();
      const before = surface.place().length;
      surface.peer.faults.next('POST /channels/:id/messages', { kind }, 1);
      await surface.press(words().value('installed-edition-id', 'standard-eval'));
      await surface.newest(ask('licence-owned'));
      expect(surface.place()).toHaveLength(before + 1);
    },
  );

  test('waits as long as Discord says', async () => {
    const surface = await started();
    surface.peer.faults.next('POST /channels/:id/messages', { kind: '429', retryAfterS: 0.2 }, 1);
    await surface.press(words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
  });

  test('opens an archived thread before it changes a prompt there', async () => {
    const surface = await started();
    const [thread] = surface.peer.threads(surface.help);
    surface.peer.archive(thread?.id ?? '');
    await surface.press(words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
    await surface.peer.waitFor(() => surface.place().some(({ buttons }) => buttons.includes(words().label('change'))));
  });

  test('goes on when the prompt it would change was deleted', async () => {
    const surface = await started();
    const prompt = surface.messages().at(-1);
    const head = surface.messages()[0];
    await surface.press(words().label('summary'));
    surface.peer.remove(prompt?.id ?? '');
    await surface.newest(words().label('summary-title'));
    await surface.press(words().label('stands-here'));
    await surface.newest(ask('installed-edition-id'));
    await surface.press(words().value('installed-edition-id', 'standard-eval'));
    await surface.newest(ask('licence-owned'));
    expect(surface.messages()[0]?.id).toBe(head?.id);
  });
});

function fail(): never {
  throw new Error('nothing there');
}

test('an answered prompt waits for its message, which may be on its way still, but not for ever', async () => {
  const surface = await begin();
  const { destination } = surface.workbench.discord();
  const settle = (attempts: number) =>
    destination.deliver({
      ...{
        id: 'abcdefghij234567abcd',
        lane: 'prompts:bcdfghjkmnpqrs',
        destination: 'discord',
        due: '2026-11-25T00:00:00.000Z',
      },
      ...{ attempts, ambiguous: false },
      content: {
        ...{ kind: 'settle', conversation: 'bcdfghjkmnpqrs', venue: '', requester: '', turn: 3 },
        message: { locale: 'en', blocks: [] },
      },
    });
  expect(await settle(0)).toMatchObject({ kind: 'retryable' });
  expect(await settle(10)).toEqual({ kind: 'delivered' });
});
