import { afterEach, describe, expect, test } from 'vitest';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { holds } from '../contracts/chat-scenarios.ts';
import { askForPerson, button, desksAt, fillIn, say, startVendor } from '../contracts/handoff-scenarios.ts';
import type { PeerMessage } from '../support/slack-peer/world.ts';
import { shown } from './shown.ts';
import { SlackSurface } from './surface.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** U1 has asked for a person in C1; the help desk is U2 and U3, a lead, with their own channel C4. */
async function called(
  desks: (agents: DeskConfig['agents']) => DeskConfig,
  { channel = 'C4', ...options }: { readonly channel?: string; readonly ourNow?: () => Date } = {},
): Promise<[SlackSurface, Workbench]> {
  const agents = { 'slack:T1': { channel, agents: ['U2'], leads: ['U3'] } };
  const workbench = await createWorkbench('socket', { desks: desks(agents), ...options });
  ends.push(() => workbench.end());
  const surface = new SlackSurface(workbench, 'C1', 'U1', 'U2');
  await askForPerson(surface);
  return [surface, workbench];
}

const noDesk = (agents: DeskConfig['agents']): DeskConfig => ({
  ...desksAt('http://127.0.0.1:9', agents),
  desks: {},
  routes: [],
});

async function card({ peer }: Workbench, text: string): Promise<PeerMessage> {
  return peer.waitFor(() => peer.messages('C4').find((message) => holds(shown(message), text)));
}

describe('the help desk in Slack', () => {
  test('gets one card with the way to the thread, and the requester knows', async () => {
    const [surface, workbench] = await called(noDesk);
    await expect.poll(() => surface.place().some((each) => holds(each, 'I am asking the help desk'))).toBe(true);
    const call = await card(workbench, 'asks for a person');
    expect(shown(call).text).toContain('0xC004C020');
    expect(shown(call).text).toContain('open it');
    expect(shown(call).text).toContain('<@U1>');
    expect(shown(call).buttons).toEqual([button('claim'), button('note')]);
  });

  test('has it when the first of them takes it; the bot is silent until it is handed back', async () => {
    const [surface, workbench] = await called(noDesk);
    const { peer } = workbench;
    await peer.user('U2').press(await card(workbench, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    const taken = await card(workbench, 'Taken by');
    expect(peer.messages('C4')).toHaveLength(1);
    await surface.write('0xC004F074');
    await surface.write('what now?');
    await expect.poll(async () => (await surface.stored()).includes('what now?')).toBe(true);
    const quiet = surface.place().length;
    await peer.user('U2').press(taken, button('release'));
    await surface.newest('has handed this back');
    expect(surface.place()).toHaveLength(quiet + 1);
    await peer.waitFor(() => peer.messages('C4').some((message) => shown(message).buttons.includes(button('claim'))));
    // They read the thread itself: nothing of it is said again under their card.
    expect(peer.messages('C4')).toHaveLength(1);
    await surface.write('0xC004F074');
    await surface.newest('0xC004F074');
  });

  test('that has it and writes nothing for half a working day is asked again, and the bot answers', async () => {
    let ahead = 0;
    const ourNow = () => new Date(Date.now() + ahead);
    const [surface, workbench] = await called(noDesk, { ourNow });
    const { peer } = workbench;
    await peer.user('U2').press(await card(workbench, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    await card(workbench, 'Taken by');
    ahead = 5 * 60 * 60_000;
    await workbench.restart();
    await card(workbench, 'see the new message');
    const again = await card(workbench, 'nothing was written for 4 working hours');
    expect(shown(again).buttons).toEqual([button('claim'), button('note')]);
    expect(shown(again).text).toContain('<@U2>');
    expect(peer.messages('C4').map((message) => shown(message).buttons.length)).toEqual([0, 2]);
    await peer.waitFor(() => surface.place().some((each) => holds(each, 'I answer again')));
    await surface.write('0xC004F074');
    await surface.newest('0xC004F074');
    await peer.user('U3').press(again, button('claim'));
    await card(workbench, 'Taken by');
  });

  test.each([
    ['the bot is not in', 'C2', 'not_in_channel'],
    ['was archived', 'C3', 'is_archived'],
    ['is gone', 'C9', 'channel_not_found'],
  ])(
    'whose channel %s is not said to be asked: the requester has the case, the operator the cause',
    async (_, channel, cause) => {
      const [surface, workbench] = await called(noDesk, { channel });
      await surface.newest('I could not reach the help desk');
      await surface.newest('Copy the case above');
      expect(workbench.logged).toContainEqual({
        level: 'error',
        fields: expect.objectContaining({ channel, reason: cause }),
        message: expect.stringContaining('the help desk cannot be asked'),
      });
      await surface.write('a person');
      const told = () => surface.place().filter((each) => holds(each, 'I could not reach the help desk')).length;
      await expect.poll(told).toBe(2);
    },
  );

  test('whose channel cannot be reached leaves the ticket as the way on', async () => {
    const [surface] = await called((agents) => desksAt('http://127.0.0.1:9', agents), { channel: 'C3' });
    await surface.newest(say('unheard-ticket'));
    await surface.press(button('continue'));
    await surface.newest('LIC-');
  });

  test('is nobody else: a person without the role cannot take it', async () => {
    const agents = { 'slack:T1': { channel: 'C4', agents: [], leads: [] } };
    const [, workbench] = await called(() => noDesk(agents));
    await workbench.peer.user('U2').press(await card(workbench, 'asks for a person'), button('claim'));
    await workbench.peer.waitFor(() =>
      workbench.peer.ephemeral('U2').some((message) => holds(shown(message), 'Only the person who asked')),
    );
  });

  test('writes to the requester by a form', async () => {
    const [surface, workbench] = await called(noDesk);
    const { peer } = workbench;
    const agent = peer.user('U2');
    await agent.press(await card(workbench, 'asks for a person'), button('note'));
    const view = await peer.waitFor(() => peer.views('U2').at(-1));
    await agent.submitView(view, { note: 'Which server is it?' });
    await surface.newest('Which server is it?');
  });

  test('reads in its channel what the requester writes in direct messages', async () => {
    const agents = { 'slack:T1': { channel: 'C4', agents: ['U2'], leads: [] } };
    const workbench = await createWorkbench('socket', { desks: noDesk(agents) });
    ends.push(() => workbench.end());
    const { peer } = workbench;
    await peer.user('U1').dm('0xC004C020');
    await peer.waitFor(() => peer.directMessages('U1').some((message) => shown(message).buttons.length > 0));
    await peer.user('U1').dm('a person');
    const call = await card(workbench, 'asks for a person');
    expect(shown(call).text).not.toContain('open it');
    await peer.user('U2').press(call, button('claim'));
    await peer.waitFor(() => peer.directMessages('U1').some((message) => holds(shown(message), 'has taken this')));
    await peer.user('U1').dm('it is srv-01');
    await card(workbench, 'it is srv-01');
    expect(peer.messages('C4').every(({ ts, thread_ts }) => ts === call.ts || thread_ts === call.ts)).toBe(true);
  });

  test('sees the ticket come about', async () => {
    const vendor = await startVendor();
    ends.push(() => vendor.close());
    const [surface, workbench] = await called((agents) => desksAt(vendor.url, agents));
    await card(workbench, say('preparing'));
    await fillIn(surface);
    await surface.press(button('send'));
    await card(workbench, 'H-101');
    expect(workbench.peer.messages('C4')).toHaveLength(1);
  });
});
