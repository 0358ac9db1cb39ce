import { afterEach, describe, expect, test } from 'vitest';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { retryDead } from '../../adapters/sql/outbox-operations.ts';
import { holds } from '../contracts/chat-scenarios.ts';
import { askForPerson, button, desk, desksAt, fillIn, say, startVendor } from '../contracts/handoff-scenarios.ts';
import { SlackSurface } from './surface.ts';
import { createWorkbench } from './workbench.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const nobody = 'http://127.0.0.1:9';
const withoutDesk = (config: DeskConfig): DeskConfig => ({ ...config, desks: {}, routes: [] });

/** U1 has sent a ticket to the desk at that address; `configure` changes DESK_CONFIG and starts the process anew. */
async function sent(url: string) {
  let desks: DeskConfig | undefined = desksAt(url);
  const workbench = await createWorkbench('socket', {
    get desks() {
      return desks;
    },
  });
  ends.push(() => workbench.end());
  const surface = new SlackSurface(workbench, 'C1', 'U1', 'U2');
  await askForPerson(surface);
  await fillIn(surface);
  await surface.press(button('send'));
  await expect.poll(() => surface.place().some((each) => holds(each, 'Queued'))).toBe(true);
  const configure = (config: DeskConfig | undefined) => {
    desks = config;
    return workbench.restart();
  };
  const states = async () => {
    const { database } = workbench.store();
    const rows = await database.read(
      database.sql.selectFrom('outbox').select('state').where('destination', '=', 'desk:example'),
    );
    return rows.map(({ state }) => state);
  };
  return { surface, workbench, configure, states };
}

describe('a ticket that waits for a desk', () => {
  test('that is taken out of the configuration is given to copy, once, and the operator knows', async () => {
    const { surface, workbench, configure, states } = await sent(nobody);
    await configure(withoutDesk(desksAt(nobody)));
    const copy = await surface.newest('LIC-');
    expect(copy.text).toContain('Hanako Yamada');
    const told = () => surface.place().filter((each) => holds(each, say('dead-removed', desk))).length;
    await expect.poll(told).toBe(2);
    expect(workbench.logged).toContainEqual({
      level: 'error',
      fields: { desks: ['example'] },
      message: expect.stringContaining('no longer in DESK_CONFIG'),
    });
    expect(await states()).toEqual(['dead']);
    const before = surface.place().length;
    await retryDead(workbench.store().database, { destination: 'desk:example' }, new Date());
    await configure(withoutDesk(desksAt(nobody)));
    await expect.poll(states).toEqual(['dead']);
    expect(surface.place()).toHaveLength(before);
  });

  test('that is there again later is not sent by itself, and once where the operator lets it', async () => {
    const vendor = await startVendor();
    ends.push(() => vendor.close());
    const { surface, workbench, configure, states } = await sent(nobody);
    await configure(withoutDesk(desksAt(nobody)));
    await surface.newest('LIC-');
    await expect.poll(states).toEqual(['dead']);
    await configure(desksAt(vendor.url));
    await surface.write('summary');
    expect(vendor.received()).toBe('');
    await retryDead(workbench.store().database, { destination: 'desk:example' }, new Date());
    await surface.newest(say('created', { ticket: 'H-101', name: desk.name }));
    expect(vendor.tickets()).toHaveLength(1);
  });

  test('that may have it is not given to copy: a person has to look', async () => {
    const vendor = await startVendor();
    ends.push(() => vendor.close());
    vendor.answerAll(500);
    const { surface, workbench, configure } = await sent(vendor.url);
    await workbench.peer.waitFor(() => vendor.received() !== '');
    await configure(withoutDesk(desksAt(vendor.url)));
    await surface.newest(say('held', desk));
  });

  test('waits on where the whole configuration is missing: it may have been forgotten', async () => {
    const vendor = await startVendor();
    ends.push(() => vendor.close());
    const { surface, configure, states } = await sent(nobody);
    await configure(undefined);
    await surface.write('summary');
    expect(await states()).toEqual(['waiting']);
    await configure(desksAt(vendor.url));
    await surface.newest(say('created', { ticket: 'H-101', name: desk.name }));
  });
});
