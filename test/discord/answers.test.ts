import { describe, expect, test } from 'vitest';
import type { Store } from '../../adapters/sql/store.ts';
import type { TurnWrite } from '../../src/ports/conversation-store.ts';
import type { Timer } from '../../src/ports/timer.ts';
import { ask, begin, started, words } from './bench.ts';
import { shown } from './shown.ts';

/** No time passes between an act and the moment to defer. */
const atOnce: Timer = { sleep: async () => {} };
const choose = words().value('installed-edition-id', 'standard-eval');

function failing(fails: () => boolean) {
  return (store: Store): Store => ({
    ...store,
    conversations: {
      ...store.conversations,
      commit: (write: TurnWrite) =>
        fails() ? Promise.reject(new Error('disk full')) : store.conversations.commit(write),
    },
  });
}

describe('an answer', () => {
  test('comes directly, and the prompt that was pressed becomes its answer in it', async () => {
    const surface = await started();
    const prompt = surface.messages().at(-1);
    const answer = await surface.person.press(prompt ?? never(), choose);
    expect(answer.type).toBe(7);
    expect(shown(answer.original() ?? never()).buttons).toEqual([words().label('change')]);
    expect(answer.ms).toBeLessThan(1_500);
  });

  test('is deferred when its time runs out, and still arrives, for the person alone', async () => {
    const surface = await begin({ timer: atOnce });
    const answer = await surface.person.slash(surface.help, 'licence', { query: '0xC004FC07' });
    expect([answer.type, answer.ephemeral]).toEqual([5, true]);
    await surface.peer.waitFor(() => shown(answer.original() ?? never()).text.includes('0xC004FC07'));
    const card = answer.original() ?? never();
    await surface.person.press(card, words().label('start'));
    await surface.newest(ask('installed-edition-id'));
    const pressed = await surface.person.press(surface.messages().at(-1) ?? never(), choose);
    expect(pressed.type).toBe(6);
    await surface.newest(ask('licence-owned'));
  });

  test('with a form is never deferred', async () => {
    const surface = await begin({ timer: atOnce });
    await surface.lookUp('0xC004FC07');
    await surface.peer.waitFor(() =>
      surface.peer.ephemeral(surface.help, surface.person.id).some((each) => shown(each).buttons.length > 0),
    );
    await surface.pressCard(words().label('start'));
    await surface.newest(ask('installed-edition-id'));
    const opened = await surface.person.press(surface.messages().at(-1) ?? never(), words().label('paste-output'));
    expect(opened.modal?.title).toBe(words().label('paste-title'));
  });

  test('that comes too late loses nothing: the turn is there', async () => {
    const surface = await started();
    const late = surface.person.press(surface.messages().at(-1) ?? never(), choose, { lateMs: 3_100, timeoutMs: 200 });
    await expect(late).rejects.toThrow('10062');
    await surface.newest(ask('licence-owned'));
  });

  test('to the same act twice is given once, and the act counts once', async () => {
    const surface = await started();
    surface.peer.gateway.duplicateNext(3);
    await surface.press(choose);
    await surface.newest(ask('licence-owned'));
    const { database } = surface.workbench.store();
    const turns = await database.read(database.sql.selectFrom('turn_log').selectAll());
    expect(turns).toHaveLength(2);
  });

  test('says so when nothing could be saved, and the same press counts later', async () => {
    let fails = false;
    const surface = await started({ store: failing(() => fails) });
    fails = true;
    const answer = await surface.person.press(surface.messages().at(-1) ?? never(), choose);
    expect(answer.ephemeral).toBe(true);
    expect(shown(answer.original() ?? never()).text).toBe(words().label('failed-to-save'));
    fails = false;
    await surface.press(choose);
    await surface.newest(ask('licence-owned'));
  });

  test('shares a card with everybody only when asked to', async () => {
    const surface = await begin();
    await surface.lookUp('0xC004FC07');
    expect(surface.peer.messages(surface.help)).toEqual([]);
    await surface.pressCard(words().label('share'));
    const [shared] = surface.peer.messages(surface.help);
    expect(shown(shared ?? never()).text).toContain('0xC004FC07');
    const stranger = surface.peer.user('another');
    const answer = await stranger.press(shared ?? never(), words().label('start'));
    expect(answer.ephemeral).toBe(true);
    await surface.newest(ask('installed-edition-id'));
    expect(shown(surface.peer.messages(surface.help)[0] ?? never()).buttons).toContain(words().label('start'));
  });

  test('shows a card in the other language in its place', async () => {
    const surface = await begin();
    await surface.lookUp('0xC004FC07');
    await surface.pressCard('日本語');
    const card = surface.peer.ephemeral(surface.help, surface.person.id);
    expect(card).toHaveLength(1);
    await surface.pressCard(words('ja').label('start'));
    await surface.peer.waitFor(() =>
      surface.place().some(({ buttons }) => buttons.includes(words('ja').label('back'))),
    );
  });
});

describe('an answer after a quarter of an hour', () => {
  test('is not tried: its token has ended, and what was to be said stands in the place', async () => {
    let ahead = 0;
    const surface = await begin({ now: () => Date.now() + ahead });
    surface.peer.faults.next('POST /channels/:id/threads', { kind: '429', retryAfterS: 0.3 }, 1);
    await surface.lookUp('0xC004FC07');
    await surface.pressCard(words().label('start'));
    ahead = 15 * 60_000;
    await surface.newest(ask('installed-edition-id'));
    await expect
      .poll(() => surface.workbench.logged.map(({ message }) => message))
      .toContain('discord: too late for an answer');
    expect(surface.peer.calls('PATCH /webhooks/:id/:token/messages/@original')).toEqual([]);
  });
});

function never(): never {
  throw new Error('nothing there');
}
