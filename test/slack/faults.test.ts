import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { textOf } from '../support/slack-peer/elements.ts';
import { DEFAULT_TEAM } from '../support/slack-peer/seed.ts';
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

const toldDirectly = ({ peer }: Workbench, user: string, text: string) =>
  peer.waitFor(() => peer.directMessages(user).find((message) => textOf(message).includes(text)));
const causes = ({ logged }: Workbench) => logged.map(({ fields }) => JSON.stringify(fields));
const prompt = ({ peer }: Workbench) =>
  peer.waitFor(() => peer.messages('C1').find((message) => textOf(message).includes('ServerStandardEval')));

describe('what Slack refuses: the person hears of it, the log says why', () => {
  test.each([
    ['a new request', 'U1', 'home-new'],
    ['the settings', 'U3', 'home-settings'],
  ] as const)('%s that opens too late from the home tab', async (_, user, button) => {
    const workbench = await begin();
    const { peer } = workbench;
    await peer.user(user).openHome();
    const view = await peer.waitFor(() => peer.home(user));
    peer.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await peer.user(user).press(view, en.label(button));
    await toldDirectly(workbench, user, en.label('form-late'));
    expect(causes(workbench).join()).toContain('expired_trigger_id');
  });

  test.each(['user_not_in_channel', 'is_archived', 'not_in_channel'])(
    'a word to one person in a channel (%s)',
    async (error) => {
      const workbench = await begin();
      workbench.peer.faults.next('chat.postEphemeral', { kind: 'error', error });
      await workbench.peer.user('U1').mention('C1', 'asdf qwer');
      await toldDirectly(workbench, 'U1', en.label('not-understood'));
      expect(causes(workbench).join()).toContain(error);
    },
  );

  test('a word whose blocks it does not take: the person reads it as plain text', async () => {
    const workbench = await begin();
    const { peer } = workbench;
    peer.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await peer.user('U1').dm('asdf qwer');
    const [said] = await peer.waitFor(() => {
      const ours = peer.directMessages('U1').filter(({ bot_id }) => bot_id !== undefined);
      return ours.length > 0 && ours;
    });
    expect(said?.blocks).toEqual([]);
    expect(said?.text).toContain(en.label('not-understood'));
    expect(causes(workbench).join()).toContain('invalid_blocks');
  });

  test('an answer in the place of a press, after its address ran out', async () => {
    let late = 0;
    const workbench = await begin({ now: () => Date.now() + late });
    const { peer } = workbench;
    await peer.user('U1').mention('C1', code);
    const asked = await prompt(workbench);
    const { promise, resolve } = Promise.withResolvers<void>();
    peer.faults.nextDelivery({ kind: 'hold', until: promise });
    const pressed = peer.user('U2').press(asked, 'ServerStandardEval');
    late = 31 * 60_000;
    resolve();
    await pressed;
    await toldDirectly(workbench, 'U2', en.label('not-yours'));
    expect(causes(workbench).join()).toContain('response_url');
  });

  test('a person it will not tell about, for want of a scope: requests go on', async () => {
    const scopes = DEFAULT_TEAM.scopes.filter((scope) => scope !== 'users:read');
    const workbench = await begin({ teams: [{ ...DEFAULT_TEAM, scopes }] });
    await workbench.peer.user('U1').mention('C1', code);
    await prompt(workbench);
    await expect.poll(() => causes(workbench).join()).toContain('missing_scope');
  });
});
