import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { elementsOf, textOf } from '../support/slack-peer/elements.ts';
import { NotAcknowledgedError } from '../support/slack-peer/errors.ts';
import { createWorkbench, type TransportKind, type Workbench, type WorkbenchOptions } from './workbench.ts';

const en = new Words(shippedKnowledge(), 'en');
const ja = new Words(shippedKnowledge(), 'ja');
const code = '0xC004FC07';
const output =
  'Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel';

const open: Workbench[] = [];
afterEach(async () => {
  for (const workbench of open.splice(0)) await workbench.end();
});

async function begin(kind: TransportKind = 'http', options: WorkbenchOptions = {}): Promise<Workbench> {
  const workbench = await createWorkbench(kind, { retryDelaysMs: [0], ...options });
  open.push(workbench);
  return workbench;
}

/** What the bot has said in a channel, or (`D1`) in the direct messages of U1. */
const ours = ({ peer }: Workbench, channel: string) =>
  (channel.startsWith('D') ? peer.directMessages(`U${channel.slice(1)}`) : peer.messages(channel)).filter(
    ({ bot_id }) => bot_id !== undefined,
  );
const newest = (workbench: Workbench, channel: string, text: string) =>
  workbench.peer.waitFor(() => {
    const last = ours(workbench, channel).at(-1);
    return last !== undefined && textOf(last).includes(text) && last;
  });
const told = ({ peer }: Workbench, user: string, text: string) =>
  peer.waitFor(() => peer.ephemeral(user).findLast((message) => textOf(message).includes(text)));
const ask = (words: Words, question: string) => {
  const sentence = words.texts.questions[question]?.ask;
  return sentence === undefined ? question : spansToText(fill(sentence));
};
const asksEdition = ask(en, 'installed-edition-id');
const asksOwned = ask(en, 'licence-owned');

describe('where a conversation begins', () => {
  test('a mention opens one in its thread, once although Slack sends it twice', async () => {
    const workbench = await begin();
    const mention = await workbench.peer.user('U1').mention('C1', code);
    const asked = await newest(workbench, 'C1', asksEdition);
    expect(asked.thread_ts).toBe(mention.ts);
    expect(ours(workbench, 'C1')).toHaveLength(2);
  });

  test('a mention that asks for open requests shows where each stands, to who asked alone', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').mention('C1', code);
    await newest(workbench, 'C1', asksEdition);
    await workbench.peer.user('U1').mention('C1', 'status');
    expect(textOf(await told(workbench, 'U1', asksEdition))).toContain(code);
    expect(ours(workbench, 'C1')).toHaveLength(2);
  });

  test('a direct message opens one there, and what follows is read as answers', async () => {
    const workbench = await begin();
    const direct = await workbench.peer.user('U2').dm(`${code} が出ました`);
    await newest(workbench, direct.channel, ask(ja, 'installed-edition-id'));
    await workbench.peer.user('U2').dm(output);
    await newest(workbench, direct.channel, ask(ja, 'licence-owned'));
    expect(ours(workbench, direct.channel).every(({ thread_ts }) => thread_ts === undefined)).toBe(true);
  });

  test('the message shortcut opens one in the thread of the message', async () => {
    const workbench = await begin('socket');
    const message = await workbench.peer.user('U2').say('C1', `something says ${code}`);
    await workbench.peer.user('U1').shortcut(message, 'diagnose');
    expect((await newest(workbench, 'C1', asksEdition)).thread_ts).toBe(message.ts);
  });

  test('the message shortcut on a picture says that it reads none, and opens nothing', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    const files = [{ name: 'screen.png', content: 'png', mimetype: 'image/png' }];
    const picture = await peer.user('U2').say('C1', '', { files });
    await peer.user('U1').shortcut(picture, 'diagnose');
    await told(workbench, 'U1', 'screen.png');
    expect(peer.ephemeral('U1')).toHaveLength(1);
  });

  test('the shortcut of somebody else in a held thread is refused, and only they are told', async () => {
    const workbench = await begin();
    const mention = await workbench.peer.user('U1').mention('C1', code);
    await newest(workbench, 'C1', asksEdition);
    await workbench.peer.user('U2').shortcut(mention, 'diagnose');
    await told(workbench, 'U2', en.label('not-yours'));
    expect(ours(workbench, 'C1')).toHaveLength(2);
  });

  test('a second one that begins in a held thread gets a thread of its own', async () => {
    const workbench = await begin();
    const ada = workbench.peer.user('U1');
    const remark = await ada.mention('C1', 'asdf qwer');
    const card = await told(workbench, 'U1', en.label('not-understood'));
    await ada.mention('C1', code, { threadTs: remark.ts });
    expect((await newest(workbench, 'C1', asksEdition)).thread_ts).toBe(remark.ts);
    const [menu] = elementsOf(card).filter(({ type }) => type === 'static_select');
    await ada.selectOption(card, menu?.actionId ?? '', en.texts.flows.get('cal')?.button ?? '');
    const apart = await workbench.peer.waitFor(() =>
      ours(workbench, 'C1').find(({ thread_ts }) => thread_ts !== remark.ts),
    );
    expect(apart.thread_ts).toBeUndefined();
  });

  test('messages of others in the channel are dropped', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').say('C1', `we saw ${code} today`);
    const stored = await workbench
      .store()
      .database.read(workbench.store().database.sql.selectFrom('receipt').selectAll());
    expect(stored).toEqual([]);
    expect(ours(workbench, 'C1')).toEqual([]);
  });

  test('a mention that says nothing is answered to the person alone', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').mention('C1', 'asdf qwer');
    await told(workbench, 'U1', en.label('not-understood'));
    expect(ours(workbench, 'C1')).toEqual([]);
  });
});

describe('where the bot may not write', () => {
  test.each([
    ['is not a member', 'C2'],
    ['finds the channel archived', 'C3'],
  ])('it %s, it goes on in direct messages and says why', async (_, channel) => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').slash(channel, '/licence', code);
    const card = await told(workbench, 'U1', code);
    await peer.user('U1').press(card, en.label('start'));
    await newest(workbench, 'D1', asksEdition);
    expect(textOf(peer.directMessages('U1')[0] ?? card)).toContain('I cannot write in that channel');
  });

  test('a channel that is archived in between moves the conversation to direct messages', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').mention('C1', code);
    const asked = await newest(workbench, 'C1', asksEdition);
    workbench.peer.channel('C1').isArchived = true;
    await workbench.peer.user('U1').press(asked, 'ServerStandardEval');
    await newest(workbench, 'D1', asksOwned);
  });

  test('a deleted head message lets the conversation begin a new thread', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').slash('C1', '/licence', code);
    await peer.user('U1').press(await told(workbench, 'U1', code), en.label('start'));
    const asked = await newest(workbench, 'C1', asksEdition);
    peer.faults.next('chat.postMessage', { kind: 'error', error: 'thread_not_found' });
    await peer.user('U1').press(asked, 'ServerStandardEval');
    const moved = await newest(workbench, 'C1', asksOwned);
    expect(moved.thread_ts).toBeUndefined();
  });
});

describe('what is attached, edited and deleted', () => {
  const started = async () => {
    const workbench = await begin();
    const mention = await workbench.peer.user('U1').mention('C1', code);
    await newest(workbench, 'C1', asksEdition);
    return { workbench, threadTs: mention.ts, ada: workbench.peer.user('U1') };
  };

  test('a text file is read, UTF-16 as Windows writes it', async () => {
    const { workbench, threadTs, ada } = await started();
    const content = Buffer.from(`\ufeff${output}`, 'utf16le');
    await ada.say('C1', '', { threadTs, files: [{ name: 'dlv.txt', content }] });
    await newest(workbench, 'C1', asksOwned);
  });

  test('a file of another organisation in a shared channel is read, although Slack only names it', async () => {
    const { workbench, threadTs, ada } = await started();
    await ada.say('C1', '', { threadTs, files: [{ name: 'dlv.txt', content: output, isConnect: true }] });
    await newest(workbench, 'C1', asksOwned);
  });

  test('a file whose connection breaks is not read, the person is told, and the rest of the message counts', async () => {
    const { workbench, threadTs, ada } = await started();
    await ada.say('C1', output, { threadTs, files: [{ name: 'more.txt', content: 'x', isBroken: true }] });
    await told(workbench, 'U1', 'more.txt');
    await newest(workbench, 'C1', asksOwned);
  });

  test('a picture or a big file is not read, and the person is told', async () => {
    const { workbench, threadTs, ada } = await started();
    const files = [
      { name: 'screen.png', content: 'png', mimetype: 'image/png' },
      { name: 'big.txt', content: 'x'.repeat(70_000) },
    ];
    await ada.say('C1', '', { threadTs, files });
    await told(workbench, 'U1', 'screen.png');
    await told(workbench, 'U1', 'big.txt');
    expect(ours(workbench, 'C1')).toHaveLength(2);
  });

  test('an edit is not read again, and the person is told; a deletion changes nothing', async () => {
    const { workbench, threadTs, ada } = await started();
    const written = await ada.say('C1', 'hm', { threadTs });
    await newest(workbench, 'C1', en.label('not-understood'));
    const edited = await ada.edit(written, 'hmm');
    await told(workbench, 'U1', en.label('edited-unread'));
    const before = ours(workbench, 'C1').length;
    await ada.remove(edited);
    expect(ours(workbench, 'C1')).toHaveLength(before);
  });

  test('who takes a key out of a message hears nothing', async () => {
    const { workbench, threadTs, ada } = await started();
    const written = await ada.say('C1', 'the key is BCDFG-HJKMP-QRTVW-XY234-6789B', { threadTs });
    await newest(workbench, 'C1', asksEdition);
    await ada.edit(written, 'the key is gone');
    expect(workbench.peer.ephemeral('U1')).toEqual([]);
  });
});

describe('redelivery and failures', () => {
  test.each(['http', 'socket'] as const)(
    'an event whose ack was lost comes again and changes nothing (%s)',
    async (kind) => {
      const workbench = await begin(kind);
      workbench.peer.faults.everyDelivery({ kind: 'duplicate' });
      await workbench.peer.user('U1').mention('C1', code);
      await newest(workbench, 'C1', asksEdition);
      workbench.peer.faults.everyDelivery(undefined);
      expect(ours(workbench, 'C1')).toHaveLength(2);
    },
  );

  test.each(['http', 'socket'] as const)(
    'a mention that arrives before the message it is in opens one conversation (%s)',
    async (kind) => {
      const workbench = await begin(kind);
      workbench.peer.faults.nextDelivery({ kind: 'after-next' });
      await workbench.peer.user('U1').mention('C1', code);
      await newest(workbench, 'C1', asksEdition);
      expect(ours(workbench, 'C1')).toHaveLength(2);
    },
  );

  test.each(['http', 'socket'] as const)('a press whose ack was lost counts, once (%s)', async (kind) => {
    const workbench = await begin(kind);
    const { peer } = workbench;
    await peer.user('U1').mention('C1', code);
    const asked = await newest(workbench, 'C1', asksEdition);
    peer.faults.nextDelivery({ kind: 'lose-ack' });
    await expect(peer.user('U1').press(asked, 'ServerStandardEval')).rejects.toThrow(NotAcknowledgedError);
    await newest(workbench, 'C1', asksOwned);
    await peer.waitFor(() => ours(workbench, 'C1').some((message) => textOf(message).includes('Answer: ')));
    expect(ours(workbench, 'C1')).toHaveLength(3);
  });

  test.each(['http', 'socket'] as const)(
    'what could not be saved is not acknowledged, and is kept when it comes again (%s)',
    async (kind) => {
      let failing = true;
      const workbench = await begin(kind, {
        store: (store) => ({
          ...store,
          conversations: {
            ...store.conversations,
            commit: (write) => {
              if (failing) {
                failing = false;
                return Promise.reject(new Error('disk full'));
              }
              return store.conversations.commit(write);
            },
          },
        }),
      });
      await workbench.peer.user('U1').dm(code);
      await newest(workbench, 'D1', asksEdition);
      expect(workbench.peer.deliveries.length).toBeGreaterThan(1);
    },
  );

  test('a press that could not be saved is not acknowledged, and the person is told', async () => {
    let failing = false;
    const workbench = await begin('http', {
      store: (store) => ({
        ...store,
        conversations: {
          ...store.conversations,
          commit: (write) => (failing ? Promise.reject(new Error('disk full')) : store.conversations.commit(write)),
        },
      }),
    });
    await workbench.peer.user('U1').mention('C1', code);
    const asked = await newest(workbench, 'C1', asksEdition);
    failing = true;
    await expect(workbench.peer.user('U1').press(asked, 'ServerStandardEval')).rejects.toThrow(NotAcknowledgedError);
    await told(workbench, 'U1', en.label('failed-to-save'));
  });

  test('events go on over a socket that Slack rotates', async () => {
    const workbench = await begin('socket');
    workbench.peer.socket.disconnect('refresh_requested');
    await workbench.peer.waitFor(() => workbench.peer.socket.count() < 2);
    await workbench.peer.socket.whenConnected(2);
    await workbench.peer.user('U1').dm(code);
    await newest(workbench, 'D1', asksEdition);
  });

  test('a form that opens too late says so, and the question can be answered in words', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').dm(code);
    const asked = await newest(workbench, 'D1', asksEdition);
    peer.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await peer.user('U1').press(asked, en.label('paste-output'));
    await told(workbench, 'U1', en.label('form-late'));
    await peer.user('U1').dm('ServerStandardEval');
    await newest(workbench, 'D1', asksOwned);
  });

  test('the person is answered in their own language once it is known', async () => {
    const workbench = await begin();
    await workbench.peer.user('U2').slash('C1', '/licence', code);
    await workbench.peer.waitFor(() => workbench.peer.calls('users.info').length > 0);
    await workbench.peer.user('U2').slash('C1', '/licence', code);
    const cards = workbench.peer.ephemeral('U2');
    expect(textOf(cards.at(-1) ?? cards[0] ?? expect.fail('no card'))).toContain(ja.label('check-heading'));
  });
});
