import { describe, expect, test } from 'vitest';
import { askForPerson, button, desksAt, fillIn, handoffScenarios } from '../contracts/handoff-scenarios.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';
import { begin, words } from './bench.ts';
import { shown } from './shown.ts';
import { type DiscordSurface, startSurface } from './surface.ts';

handoffScenarios('in Discord', startSurface);

describe('a ticket in direct messages', () => {
  test('is the requester’s to fill in, although they belong to no server', async () => {
    const surface = await begin({ desks: desksAt('http://127.0.0.1:9') });
    const { peer, person } = surface;
    await surface.workbench.store().workspaces.save(`discord:${peer.guild().id}`, { place: 'direct' });
    await askForPerson(surface);
    const prompt = await peer.waitFor(() =>
      peer.messages(person.dmChannelId()).find((message) => shown(message).buttons.includes(button('fill'))),
    );
    const { modal } = await person.press(prompt, button('fill'));
    expect(modal).toBeDefined();
  });
});

describe('a form of several pages', () => {
  /** A ticket's form with its first page sent, and the private message that keeps it. */
  async function halfway(): Promise<{ readonly surface: DiscordSurface; readonly draft: PeerMessage }> {
    const surface = await begin({ desks: desksAt('http://127.0.0.1:9') });
    await askForPerson(surface);
    const prompt = await surface.peer.waitFor(() =>
      surface.messages().find((message) => shown(message).buttons.includes(button('fill'))),
    );
    await sendFirstPage(surface, prompt, button('fill'));
    return { surface, draft: await surface.peer.waitFor(() => draftsOf(surface).at(-1)) };
  }

  async function sendFirstPage({ person }: DiscordSurface, on: PeerMessage, label: string): Promise<void> {
    const { modal } = await person.press(on, label);
    if (modal === undefined) throw new Error('no form');
    await person.submitModal(modal, firstPage);
  }

  const firstPage = {
    ask: 'raise-mak',
    'impact-level': 'running',
    production: 'yes',
    workaround: 'no',
    impact: 'nags',
  };
  const draftsOf = ({ peer, person, help }: DiscordSurface) =>
    peer.threads(help).flatMap(({ id }) => peer.ephemeral(id, person.id));
  const refused = ({ peer }: DiscordSurface) => peer.calls().filter(({ status }) => status === 400);

  test('names its page, keeps what was entered for the person alone, and goes on from there after a restart', async () => {
    const { surface, draft } = await halfway();
    expect(shown(draft).text).toContain('nags');
    expect(JSON.stringify(surface.place())).not.toContain('nags');
    await surface.restart();
    const { modal } = await surface.person.press(draft, words().label('next-page'));
    expect(modal?.title).toMatch(/\(2\/2\)$/);
  });

  test('whose first half was sent twice opens what is still asked', async () => {
    const { surface, draft } = await halfway();
    const { person, peer } = surface;
    const prompt = surface.messages().find((message) => shown(message).buttons.includes(button('fill')));
    await sendFirstPage(surface, prompt ?? draft, button('fill'));
    const second = await peer.waitFor(() => draftsOf(surface).find(({ id }) => id !== draft.id));
    const { modal } = await person.press(second, words().label('next-page'));
    if (modal === undefined) throw new Error('no form');
    const rest = { 'contact-name': 'Hanako', 'contact-email': 'h@contoso.example', 'contact-hours': '9-18' };
    await person.submitModal(modal, { ...rest, 'vl-role': 'keys-reader', 'contact-phone': '+81-3-0000-0000' });
    await surface.newest('61 %');
    const left = await person.press(draft, words().label('next-page'));
    expect(JSON.stringify(left.modal?.components)).toContain('key-last-five');
    expect(refused(surface)).toEqual([]);
  });

  test('that nothing asks for any more is taken away', async () => {
    const { surface, draft } = await halfway();
    await fillIn(surface);
    await surface.person.press(draft, words().label('next-page'));
    await surface.newest('This will be sent to');
    await surface.peer.waitFor(() => draftsOf(surface).length === 0);
    expect(refused(surface)).toEqual([]);
  });
});
