import { afterEach, describe, expect, test } from 'vitest';
import { candidatesOf, suggest } from '../../adapters/discord/autocomplete.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { words } from './bench.ts';
import { shown } from './shown.ts';
import { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

const benches: Workbench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.end();
});
async function begin(options?: WorkbenchOptions): Promise<Workbench> {
  const bench = await createWorkbench(options);
  benches.push(bench);
  return bench;
}

describe('commands', () => {
  test('are registered once, in every language, and again only when they differ', async () => {
    const bench = await begin();
    const registered = () => bench.peer.calls('PUT /applications/:id/commands').length;
    expect(registered()).toBe(1);
    expect(bench.peer.commands()).toMatchObject([
      { name: 'licence', name_localizations: { ja: 'ライセンス', 'en-US': 'licence', 'en-GB': 'licence' } },
      { name: 'Diagnose this message', name_localizations: { ja: 'このメッセージを診断' } },
      { name: 'licence-settings', default_member_permissions: '32' },
    ]);
    await bench.restart();
    expect(registered()).toBe(1);
  });

  test('are registered in the servers that are named alone, and everywhere again when none is', async () => {
    let commandsIn: readonly string[] | undefined = ['Two'];
    const guilds = ['One', 'Two'].map((name) => ({ name, channels: ['help'] }));
    const bench = await begin({ guilds, commandsIn: () => commandsIn });
    const { peer } = bench;
    const names = (server?: string) => peer.commands(server).map(({ name }) => name);
    expect([names(), names('One'), names('Two').length]).toEqual([[], [], 3]);
    const put = () => peer.calls('PUT /applications/:id/guilds/:id/commands').length;
    await bench.restart();
    await peer.waitFor(() => peer.calls('GET /applications/:id/guilds/:id/commands').length === 2);
    expect(put()).toBe(1);

    commandsIn = undefined;
    await bench.restart();
    expect([names().length, names('Two').length]).toEqual([3, 3]);
    const answer = await peer.user('asker').slash(peer.channel('help', 'Two'), 'licence', { query: '0xC004F074' });
    expect(shown(await peer.waitFor(() => answer.original())).text).toContain('0xC004F074');
    await peer.waitFor(() => names('Two').length === 0);

    commandsIn = ['One'];
    await bench.restart();
    await peer.waitFor(() => names().length === 0);
  });

  test('answer a Japanese person in Japanese and a British one in English', async () => {
    const { peer } = await begin();
    const help = peer.channel('help');
    const card = async (locale: string) =>
      (await peer.user(locale, { locale }).slash(help, 'licence', { query: '0xC004F074' })).original();
    expect(JSON.stringify(await card('ja'))).toContain('担当者');
    expect(JSON.stringify(await card('en-GB'))).toContain('A person');
    expect(JSON.stringify(await card('fr'))).toContain('A person');
  });

  test('read a file beside the text, as Windows writes it', async () => {
    const { peer } = await begin();
    const output =
      'Description: Windows(R) Operating System, TIMEBASED_EVAL channel\r\nLicense Status: Notification\r\nError: 0xC004FC07\r\n';
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(output, 'utf16le')]);
    const asker = peer.user('asker');
    const answer = await asker.slash(peer.channel('help'), 'licence', {
      query: 'this',
      file: { name: 'dlv.txt', content: utf16 },
    });
    const card = await peer.waitFor(() => answer.original());
    expect(shown(card).text).toContain('0xC004FC07');
    expect(answer.ephemeral).toBe(true);
  });

  test('say that a file is too big or no text', async () => {
    const { peer } = await begin();
    for (const content of ['x'.repeat(200_000), new Uint8Array([1, 0, 2, 0, 3])]) {
      const answer = await peer
        .user('asker')
        .slash(peer.channel('help'), 'licence', { query: 'this', file: { name: 'dlv.txt', content } });
      expect(shown(await peer.waitFor(() => answer.original())).text).toContain('could not read');
    }
  });

  test('tell somebody where their open request is held', async () => {
    const { peer } = await begin();
    const help = peer.channel('help');
    const asker = peer.user('asker');
    const card = (await asker.slash(help, 'licence', { query: '0xC004FC07' })).original();
    if (card === undefined) throw new Error('no card');
    await asker.press(card, 'Start');
    const thread = await peer.waitFor(() => peer.threads(help)[0]);
    await peer.waitFor(() => peer.messages(thread.id).length === 2);
    const answer = await asker.slash(help, 'licence', { query: 'status' });
    expect(JSON.stringify(answer.original()?.components)).toContain(`/${thread.id}`);
    expect(answer.ephemeral).toBe(true);
  });

  test('say that nothing can be looked up while the store is out of reach', async () => {
    const { peer } = await begin({
      store: (store) => ({
        ...store,
        conversations: { ...store.conversations, allOpenOf: () => Promise.reject(new Error('gone')) },
      }),
    });
    const answer = await peer.user('asker').slash(peer.channel('help'), 'licence', { query: 'status' });
    expect(shown(await peer.waitFor(() => answer.original())).text).toBe(words().label('failed-to-look'));
    expect(answer.ephemeral).toBe(true);
  });

  test('show the open requests chosen while typing, in the language of the choice', async () => {
    const { peer } = await begin();
    const help = peer.channel('help');
    const asker = peer.user('asker', { locale: 'ja' });
    const { data } = await asker.autocomplete(help, 'licence', { query: 'status' });
    const [{ value = '' } = {}] = Array.isArray(data.choices) ? data.choices : [];
    const none = (await asker.slash(help, 'licence', { query: value })).original();
    if (none === undefined) throw new Error('no card');
    expect(shown(none).text).toContain('対応中のご相談はありません');
    const card = (await asker.slash(help, 'licence', { query: '0xC004FC07' })).original();
    if (card === undefined) throw new Error('no card');
    await asker.press(card, words('ja').label('start'));
    await peer.waitFor(() => peer.threads(help)[0]);
    const answer = await asker.press(none, 'English');
    expect(shown(answer.original() ?? none).text).toContain('0xC004FC07');
    expect(answer.type).toBe(7);
  });

  test('diagnose what another program wrote into an embed, and name a picture that cannot be read', async () => {
    const { peer } = await begin();
    const help = peer.channel('help');
    const picture = { name: 'shot.png', content: new Uint8Array([137, 80, 0, 0]) };
    const embeds = [{ type: 'rich', title: 'SRV-01', fields: [{ name: 'Event', value: '0xC004F074', inline: false }] }];
    const alert = peer.user('monitor').say(help, '', [picture], { embeds });
    const answer = await peer.user('asker').messageCommand(alert, 'Diagnose this message');
    expect(shown(await peer.waitFor(() => answer.original())).text).toContain('shot.png');
    const [card] = await peer.waitFor(() => answer.followUps().length > 0 && answer.followUps());
    expect(JSON.stringify(card)).toContain('0xC004F074');
  });

  test('diagnose a message of somebody else, for who asks alone', async () => {
    const { peer } = await begin();
    const message = peer.user('other').say(peer.channel('help'), 'It says 0xC004F074, what now?');
    const answer = await peer.user('asker').messageCommand(message, 'Diagnose this message');
    expect(answer.ephemeral).toBe(true);
    expect(shown(await peer.waitFor(() => answer.original())).text).toContain('0xC004F074');
  });
});

describe('what is being typed', () => {
  const list = (typed: string, locale: 'en' | 'ja' = 'en') =>
    suggest(candidatesOf(shippedKnowledge(), locale), typed).map(({ name }) => name);

  test('is offered the menu and the subjects before the first letter', () => {
    expect(list('')[0]).toBe('Windows Server licensing');
    expect(list('')).toContain('CALs, cores and downgrade');
  });

  test('finds codes by their beginning, without 0x and in full width too', () => {
    expect(list('0xc004fc0').every((name) => name.startsWith('0xC004FC0'))).toBe(true);
    expect(list('C004FC07')[0]).toContain('0xC004FC07');
    expect(list('０ｘＣ００４ＦＣ０７')[0]).toContain('0xC004FC07');
    expect(list('fc07')[0]).toContain('0xC004FC07');
  });

  test('finds subjects and situations by their words, in both languages', () => {
    expect(list('remote desktop').join()).toContain('Remote Desktop');
    expect(list('評価版', 'ja').length).toBeGreaterThan(0);
  });

  test.each(['', '0x', '0xC', 'a', 'の', 'zzzzzz'])('gives at most 25 choices that fit: "%s"', (typed) => {
    const choices = suggest(candidatesOf(shippedKnowledge(), 'ja'), typed);
    expect(choices.length).toBeLessThanOrEqual(25);
    for (const { name, value } of choices)
      expect([name.length, value.length].every((length) => length > 0 && length <= 100)).toBe(true);
  });

  test('leads to the card that was chosen', async () => {
    const { peer } = await begin();
    const asker = peer.user('asker', { locale: 'ja' });
    const { data } = await asker.autocomplete(peer.channel('help'), 'licence', { query: 'CAL' });
    const [first] = Array.isArray(data.choices) ? data.choices : [];
    const answer = await asker.slash(peer.channel('help'), 'licence', { query: first.value });
    expect(shown(await peer.waitFor(() => answer.original())).buttons).toContain('CAL とライセンス');
  });
});
