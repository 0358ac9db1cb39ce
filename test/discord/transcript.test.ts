import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { playConversion, writtenDown } from '../contracts/chat-scenarios.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { shown } from './shown.ts';
import { DiscordSurface } from './surface.ts';
import { createWorkbench } from './workbench.ts';

const open: DiscordSurface[] = [];
afterEach(async () => {
  for (const surface of open.splice(0)) await surface.stop();
});

describe('a diagnosis as Discord shows it', () => {
  test.each([
    ['en', 'en-GB'],
    ['ja', 'ja'],
  ] as const)('from the code to the conversion of the evaluation, in %s', async (locale, tag) => {
    const surface = new DiscordSurface(await createWorkbench(), tag);
    open.push(surface);
    const words = new Words(shippedKnowledge(), locale);
    const card = await surface.lookUp('0xC004FC07');
    await surface.pressCard(words.label('start'));
    await playConversion(surface, locale);
    const told = await surface.told(words.label('place-link'));
    const [thread] = surface.peer.threads(surface.help);
    const shots = [card, told, ...surface.messages().map(shown)].map(writtenDown);
    const nameless = shots.join('\n\n----\n\n').replaceAll(thread?.name.slice('licence-'.length) ?? '', '<id>');
    await expect(nameless).toMatchFileSnapshot(`golden/conversion.${locale}.golden.txt`);
    await surface.peer.waitFor(() => surface.peer.threads(surface.help)[0]?.thread_metadata.archived);
    expect(surface.peer.pings).toEqual([]);
  });
});
