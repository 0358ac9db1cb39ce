import { describe, expect, test } from 'vitest';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { holds } from '../contracts/chat-scenarios.ts';
import { askForPerson, button, desksAt } from '../contracts/handoff-scenarios.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import type { Permission } from '../support/discord-peer/permissions.ts';
import { begin, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const withoutDesks: DeskConfig = { ...desksAt('http://127.0.0.1:9'), desks: {}, routes: [] };

/** The requester has asked for a person; the role `desk` is the help desk, with a channel of its own. */
async function called({
  denied = [],
  ...options
}: {
  readonly denied?: readonly Permission[];
  readonly now?: () => number;
} = {}): Promise<DiscordSurface> {
  const guilds = [{ name: 'Contoso', channels: ['help', 'agents'], roles: ['desk'] }];
  const surface = await begin({ guilds, desks: withoutDesks, ...options });
  surface.peer.deny(surface.peer.channel('agents'), ...denied);
  const { workspaces } = surface.workbench.store();
  await workspaces.save(`discord:${surface.peer.guild().id}`, {
    agents: [surface.peer.role('desk')],
    agentChannel: surface.peer.channel('agents'),
  });
  await askForPerson(surface);
  await expect.poll(() => surface.place().some((each) => holds(each, 'I am asking the help desk'))).toBe(true);
  return surface;
}

const agentOf = (surface: DiscordSurface, name = 'agent') => surface.peer.user(name, { roles: ['desk'] });

function card({ peer }: DiscordSurface, text: string): Promise<PeerMessage> {
  return peer.waitFor(() => peer.messages(peer.channel('agents')).find((message) => holds(shown(message), text)));
}

describe('the help desk in Discord', () => {
  test('gets one card with the way to the thread', async () => {
    const surface = await called();
    const call = await card(surface, 'asks for a person');
    expect(shown(call).text).toContain('0xC004C020');
    expect(shown(call).buttons).toEqual([button('claim'), button('note')]);
    expect(JSON.stringify(call)).toContain(surface.peer.threads(surface.help)[0]?.id);
  });

  test('is let into the private thread when one of them takes it, the first alone', async () => {
    const surface = await called();
    const { peer } = surface;
    const thread = peer.threads(surface.help)[0]?.id ?? '';
    const agent = agentOf(surface);
    expect(peer.threadMembers(thread)).not.toContain(agent.id);
    await agent.press(await card(surface, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    await peer.waitFor(() => peer.threadMembers(thread).includes(agent.id));
    const second = agentOf(surface, 'second');
    const taken = await card(surface, 'Taken by');
    expect(shown(taken).buttons).toEqual([button('note'), button('release')]);
    const answer = await second.press(taken, button('release'));
    const told = await peer.waitFor(() => answer.original());
    expect(holds(shown(told), words().label('already-claimed'))).toBe(true);
    expect(peer.messages(peer.channel('agents'))).toHaveLength(1);
  });

  test('and the requester write to each other by forms, since plain replies are not seen', async () => {
    const surface = await called();
    const agent = agentOf(surface);
    const { modal } = await agent.press(await card(surface, 'asks for a person'), button('note'));
    if (modal === undefined) throw new Error('no form was opened');
    await agent.submitModal(modal, { note: 'Which server is it? @everyone' });
    await surface.newest('Which server is it?');
    await agent.press(await card(surface, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    await surface.fill(button('note'), { note: 'srv-01' });
    await surface.newest('srv-01');
    expect(await surface.stored()).toContain('srv-01');
  });

  test('that has it and writes nothing for half a working day is asked again', async () => {
    let ahead = 0;
    const surface = await called({ now: () => Date.now() + ahead });
    const { peer } = surface;
    await agentOf(surface).press(await card(surface, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    await card(surface, 'Taken by');
    ahead = 5 * 60 * 60_000;
    await surface.restart();
    await card(surface, 'see the new message');
    const again = await card(surface, 'nothing was written for 4 working hours');
    expect(shown(again).buttons).toEqual([button('claim'), button('note')]);
    expect(peer.messages(peer.channel('agents')).map((message) => shown(message).buttons.length)).toEqual([0, 2]);
    await peer.waitFor(() => surface.place().some((each) => holds(each, 'I answer again')));
  });

  test('keeps it while they write to each other in the thread, which the bot sees and cannot read', async () => {
    let ahead = 0;
    const surface = await called({ now: () => Date.now() + ahead });
    const { peer } = surface;
    const agent = agentOf(surface);
    await agent.press(await card(surface, 'asks for a person'), button('claim'));
    await surface.newest('has taken this');
    const thread = peer.threads(surface.help)[0]?.id ?? '';
    await peer.waitFor(() => peer.threadMembers(thread).includes(agent.id));
    ahead = 3 * 60 * 60_000;
    await agent.say(thread, 'which server?');
    await expect.poll(async () => (await surface.stored()).includes('spoke')).toBe(true);
    expect(await surface.stored()).not.toContain('which server?');
    ahead = 6 * 60 * 60_000;
    await surface.restart();
    await surface.fill(button('note'), { note: 'srv-01' });
    await surface.newest('srv-01');
    expect(peer.messages(peer.channel('agents'))).toHaveLength(1);
    ahead = 11 * 60 * 60_000;
    await surface.restart();
    await card(surface, 'nothing was written for 4 working hours');
  });

  test.each([
    ['view', 'VIEW_CHANNEL'],
    ['write in', 'SEND_MESSAGES'],
  ] as const)('whose channel the bot may not %s is not said to be asked', async (_, permission) => {
    const surface = await called({ denied: [permission] });
    await surface.newest('I could not reach the help desk');
    expect(surface.workbench.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('the help desk cannot be asked') }),
    );
  });

  test('is nobody else', async () => {
    const surface = await called();
    const stranger = surface.peer.user('stranger');
    const answer = await stranger.press(await card(surface, 'asks for a person'), button('claim'));
    const told = await surface.peer.waitFor(() => answer.original());
    expect(holds(shown(told), words().label('not-yours'))).toBe(true);
  });
});
