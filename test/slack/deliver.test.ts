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

  test('that can never work is recorded, and the next goes on', async () => {
    const workbench = await begin();
    workbench.peer.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await workbench.peer.user('U1').mention('C1', code);
    await asked(workbench);
    expect(workbench.logged.some(({ level, fields }) => level === 'error' && fields.reason === 'invalid_blocks')).toBe(
      true,
    );
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
    workbench.peer.faults.next(
      'chat.postMessage',
      { kind: 'error', error: 'token_revoked' },
      { kind: 'error', error: 'token_revoked' },
    );
    await workbench.peer.user('U1').mention('C1', code);
    await workbench.peer.waitFor(() => workbench.peer.calls('chat.postMessage').length === 2);
    await expect.poll(() => workbench.logged.filter(({ fields }) => fields.reason === 'token_revoked').length).toBe(2);
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
    expect(en.label('choose').length).toBeLessThanOrEqual(limits.headerText);
  });
});
