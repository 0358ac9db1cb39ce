import { describe, expect, test } from 'vitest';
import { askForPerson, button, desksAt, handoffScenarios } from '../contracts/handoff-scenarios.ts';
import { begin } from './bench.ts';
import { shown } from './shown.ts';
import { startSurface } from './surface.ts';

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
