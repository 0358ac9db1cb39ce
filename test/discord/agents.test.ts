import { describe, expect, test } from 'vitest';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { holds } from '../contracts/chat-scenarios.ts';
import { askForPerson, button, desksAt } from '../contracts/handoff-scenarios.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import { begin, words } from './bench.ts';
import { shown } from './shown.ts';
import type { DiscordSurface } from './surface.ts';

const withoutDesks: DeskConfig = { ...desksAt('http://127.0.0.1:9'), desks: {}, routes: [] };

/** The requester has asked for a person; the role `desk` is the help desk, with a channel of its own. */
async function called(): Promise<DiscordSurface> {
  const guilds = [{ name: 'Contoso', channels: ['help', 'agents'], roles: ['desk'] }];
  const surface = await begin({ guilds, desks: withoutDesks });
  const { workspaces } = surface.workbench.store();
  await workspaces.save(`discord:${surface.peer.guild().id}`, {
    agents: [surface.peer.role('desk')],
    agentChannel: surface.peer.channel('agents'),
  });
  await askForPerson(surface);
  await expect.poll(() => surface.place().some((each) => holds(each, 'The help desk has been told'))).toBe(true);
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

  test('is nobody else', async () => {
    const surface = await called();
    const stranger = surface.peer.user('stranger');
    const answer = await stranger.press(await card(surface, 'asks for a person'), button('claim'));
    const told = await surface.peer.waitFor(() => answer.original());
    expect(holds(shown(told), words().label('not-yours'))).toBe(true);
  });
});
