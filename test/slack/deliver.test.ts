import { afterEach, describe, expect, test } from 'vitest';
import { deliveryResult, readFault } from '../../adapters/slack/faults.ts';
import { limits, paces } from '../../adapters/slack/limits.ts';
import { Pace } from '../../adapters/slack/pace.ts';
import { Words } from '../../src/message/phrases.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { elementsOf, textOf } from '../support/slack-peer/elements.ts';
import type { ApiFault } from '../support/slack-peer/faults.ts';
import { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

const en = new Words(shippedKnowledge(), 'en');
const code = '0xC004FC07';

const open: Workbench[] = [];
afterEach(async () => {
  for (const workbench of open.splice(0)) await workbench.end();
});

async function begin(options: WorkbenchOptions = {}): Promise<Workbench> {
  const workbench = await createWorkbench('http', options);
  open.push(workbench);
  return workbench;
}

const ours = ({ peer }: Workbench) => peer.messages('C1').filter(({ bot_id }) => bot_id !== undefined);
const asked = (workbench: Workbench) =>
  workbench.peer.waitFor(
    () => ours(workbench).find((message) => textOf(message).includes('ServerStandardEval')),
    12_000,
  );

describe('a delivery that goes wrong', () => {
  test.each([
    ['a 429, after the time Slack names', [{ kind: '429', retryAfterS: 1 }]],
    ['an error inside Slack', [{ kind: 'http500' }]],
    ['a connection that broke before it was answered', [{ kind: 'reset' }]],
  ] satisfies [string, ApiFault[]][])('is made again after %s', async (_, faults) => {
    const workbench = await begin();
    workbench.peer.faults.next('chat.postMessage', ...faults);
    await workbench.peer.user('U1').mention('C1', code);
    await asked(workbench);
    expect(ours(workbench)).toHaveLength(2);
  });

  test('is repeated once, with the same addresses, when it may have arrived', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').mention('C1', code);
    const first = await asked(workbench);
    workbench.peer.faults.next('chat.postMessage', { kind: 'reset-after-commit' });
    await workbench.peer.user('U1').press(first, 'ServerStandardEval');
    const both = await workbench.peer.waitFor(() => {
      const messages = ours(workbench).filter((message) => textOf(message).includes('licence for this server'));
      return messages.length === 2 && messages;
    }, 12_000);
    const [addresses, again] = both.map((message) => elementsOf(message).map(({ value }) => value));
    expect(again).toEqual(addresses);
  });

  test.each(['invalid_blocks', 'msg_too_long'])(
    'is said in plain text where Slack refuses its blocks (%s), and can be answered in words',
    async (error) => {
      const workbench = await begin();
      const { peer } = workbench;
      const refusal = { kind: 'error', error } as const;
      peer.faults.next('chat.postMessage', refusal, { kind: '429', retryAfterS: 1 });
      const mention = await peer.user('U1').mention('C1', code);
      await asked(workbench);
      const [head] = ours(workbench);
      expect(head?.blocks).toEqual([]);
      expect(head?.text).toContain(code);
      peer.faults.next('chat.postMessage', refusal);
      await peer.user('U1').say('C1', 'ServerStandardEval', { threadTs: mention.ts });
      const next = await peer.waitFor(() =>
        ours(workbench).find(({ text }) => text.includes('licence for this server')),
      );
      expect(next.blocks).toEqual([]);
      expect(next.text).toContain(`${en.label('without-buttons')}\n- ${en.value('licence-owned', 'yes')}`);
      expect(workbench.logged.filter(({ fields }) => fields.reason === error)).toHaveLength(2);
      await peer.user('U1').say('C1', en.value('licence-owned', 'no'), { threadTs: mention.ts });
      await peer.waitFor(() => ours(workbench).length === 4);
    },
  );

  test('edits in plain text where Slack refuses the blocks of an edit', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').mention('C1', code);
    const first = await asked(workbench);
    peer.faults.next('chat.update', { kind: 'error', error: 'invalid_blocks' });
    await peer.user('U1').press(first, 'ServerStandardEval');
    const edited = await peer.waitFor(() =>
      ours(workbench).find(({ ts, blocks }) => ts === first.ts && blocks.length === 0),
    );
    expect(edited.text).toContain('ServerStandardEval');
    expect(edited.text).not.toContain('ServerDatacenterEval');
  });

  test('of an answered prompt does not hold back the next question', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user('U1').mention('C1', code);
    const first = await asked(workbench);
    peer.faults.next('chat.update', { kind: '429', retryAfterS: 3_600 });
    await peer.user('U1').press(first, 'ServerStandardEval');
    await peer.waitFor(() => ours(workbench).some((message) => textOf(message).includes('licence for this server')));
  });

  test.each([
    ['somebody may not post there', 'restricted_action_non_threadable_channel'],
    ['something keeps us from it that Slack names anew', 'a_reason_of_tomorrow'],
  ])('goes on in direct messages where %s', async (_, error) => {
    const workbench = await begin();
    workbench.peer.faults.next('chat.postMessage', { kind: 'error', error });
    await workbench.peer.user('U1').mention('C1', code);
    const [head] = await workbench.peer.waitFor(() => {
      const direct = workbench.peer.directMessages('U1');
      return direct.some((message) => textOf(message).includes('ServerStandardEval')) && direct;
    });
    expect(textOf(head ?? expect.fail('nothing was said'))).toContain('I cannot write in that channel');
    expect(ours(workbench)).toEqual([]);
  });

  test('stands in the channel itself where the thread it was to begin in is gone', async () => {
    const workbench = await begin();
    workbench.peer.faults.next('chat.postMessage', { kind: 'error', error: 'thread_not_found' });
    await workbench.peer.user('U1').mention('C1', code);
    const question = await asked(workbench);
    expect(question.thread_ts).toBe(ours(workbench)[0]?.ts);
  });

  test('a prompt that somebody deleted is not updated, and the answer counts', async () => {
    const workbench = await begin();
    await workbench.peer.user('U1').mention('C1', code);
    const first = await asked(workbench);
    workbench.peer.faults.next('chat.update', { kind: 'error', error: 'message_not_found' });
    await workbench.peer.user('U1').press(first, 'ServerStandardEval');
    await workbench.peer.waitFor(() => textOf(ours(workbench).at(-1) ?? first).includes('licence for this server'));
  });

  test('keeps to one message a second and channel where Slack insists on it', async () => {
    const workbench = await begin();
    workbench.peer.limitPosting(true);
    await workbench.peer.user('U1').mention('C1', code);
    await asked(workbench);
    const posts = workbench.peer.calls('chat.postMessage');
    expect(posts.length).toBeLessThanOrEqual(4);
  });

  test('in a team that revoked the token ends, with the cause in the log', async () => {
    const workbench = await begin();
    const revoked = { kind: 'error', error: 'token_revoked' } as const;
    workbench.peer.faults.next('chat.postMessage', revoked, revoked);
    workbench.peer.faults.next('conversations.open', revoked, revoked);
    await workbench.peer.user('U1').mention('C1', code);
    await expect.poll(() => workbench.logged.filter(({ fields }) => fields.reason === 'token_revoked').length).toBe(2);
    expect(workbench.peer.messages('C1').filter(({ bot_id }) => bot_id !== undefined)).toEqual([]);
  });
});

describe('the pace of a channel', () => {
  test('lets a burst through, then one a second, and nothing while Slack says wait', () => {
    let now = 0;
    const pace = new Pace({ now: () => new Date(now) });
    for (let post = 0; post < paces.postBurst; post += 1) expect(pace.take('C1')).toBe(0);
    expect(pace.take('C1')).toBe(paces.postEveryMs);
    expect(pace.take('C2')).toBe(0);
    now += paces.postEveryMs;
    expect(pace.take('C1')).toBe(0);
    pace.hold('C1', 30_000);
    now += 10_000;
    expect(pace.take('C1')).toBe(20_000);
  });
});

describe('faults', () => {
  test('of our own making are thrown on', () => {
    expect(() => readFault(new TypeError('ours'))).toThrow('ours');
    expect(deliveryResult({ kind: 'unreached', reason: 'ECONNREFUSED' })).toEqual({
      kind: 'retryable',
      reason: 'ECONNREFUSED',
    });
    expect(limits.textPerMessage).toBeLessThan(13_200);
    expect(en.label('choose').length).toBeLessThanOrEqual(limits.placeholder);
  });
});
