import { afterEach, describe, expect, test } from 'vitest';
import { paces } from '../../adapters/slack/limits.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Origin } from '../../src/service/bot.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { textOf } from '../support/slack-peer/elements.ts';
import { DEFAULT_TEAM } from '../support/slack-peer/seed.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const en = new Words(shippedKnowledge(), 'en');
const code = '0xC004FC07';

const open: Workbench[] = [];
afterEach(async () => {
  for (const workbench of open.splice(0)) await workbench.end();
});

/** U4: a guest; U5: of another company; U6: of another team of the same organisation. */
const team = {
  ...DEFAULT_TEAM,
  enterpriseId: 'E1',
  users: [
    ...DEFAULT_TEAM.users,
    { id: 'U4', name: 'gast', locale: 'en-US', isGuest: true },
    { id: 'U5', name: 'stranger', locale: 'en-US', home: { teamId: 'T9', enterpriseId: 'E9' } },
    { id: 'U6', name: 'colleague', locale: 'en-US', home: { teamId: 'T7', enterpriseId: 'E1' } },
  ],
};

/** A bench that remembers who asked the bot for what. */
async function begin() {
  const asked: Origin[] = [];
  const workbench = await createWorkbench('http', {
    teams: [team],
    bot: (bot) => ({
      ...bot,
      press: (origin, address) => {
        asked.push(origin);
        return bot.press(origin, address);
      },
      write: (origin, conversation, text) => {
        asked.push(origin);
        return bot.write(origin, conversation, text);
      },
    }),
  });
  open.push(workbench);
  return { workbench, guests: () => asked.map(({ actor }) => actor.guest === true) };
}

/** Ada opens a request in C1; the prompt everybody sees. */
async function promptOf({ peer }: Workbench) {
  await peer.user('U1').mention('C1', code);
  return peer.waitFor(() => peer.messages('C1').find((message) => textOf(message).includes('ServerStandardEval')));
}

describe('who presses what may lead to contract data', () => {
  test.each([
    ['a guest', 'U4', true],
    ['somebody of another company', 'U5', true],
    ['somebody of the same organisation', 'U6', false],
    ['a colleague', 'U2', false],
  ])('%s is known for what they are before anything is decided', async (_, user, guest) => {
    const { workbench, guests } = await begin();
    const prompt = await promptOf(workbench);
    await workbench.peer.user(user).press(prompt, en.label('person'));
    expect(guests()).toEqual([guest]);
  });

  test('who writes for a person is asked about too', async () => {
    const { workbench, guests } = await begin();
    const prompt = await promptOf(workbench);
    await workbench.peer.user('U4').say('C1', 'a person please', { threadTs: prompt.thread_ts ?? '' });
    expect(guests()).toEqual([true]);
  });

  test('a person Slack does not tell about in time is taken for a guest, and the press is acknowledged', async () => {
    const { workbench, guests } = await begin();
    const prompt = await promptOf(workbench);
    const { promise, resolve } = Promise.withResolvers<void>();
    workbench.peer.faults.next('users.info', { kind: 'hold', until: promise });
    await workbench.peer.user('U2').press(prompt, en.label('person'));
    resolve();
    expect(guests()).toEqual([true]);
    expect(paces.askBeforeAckMs).toBeLessThan(1_000);
  });

  test('an answer is acknowledged without asking Slack anything', async () => {
    const { workbench, guests } = await begin();
    const prompt = await promptOf(workbench);
    const { promise, resolve } = Promise.withResolvers<void>();
    workbench.peer.faults.next('users.info', { kind: 'hold', until: promise });
    await workbench.peer.user('U2').press(prompt, 'ServerStandardEval');
    resolve();
    expect(guests()).toEqual([false]);
  });
});
