import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { playConversion, writtenDown } from '../contracts/chat-scenarios.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { SlackSurface } from './surface.ts';
import { createWorkbench } from './workbench.ts';

const open: SlackSurface[] = [];
afterEach(async () => {
  for (const surface of open.splice(0)) await surface.stop();
});

describe('a diagnosis as Slack shows it', () => {
  test.each(['en', 'ja'] as const)('from the code to the conversion of the evaluation, in %s', async (locale) => {
    const surface = new SlackSurface(await createWorkbench('socket'), 'C1', 'U1', 'U2');
    open.push(surface);
    const words = new Words(shippedKnowledge(), locale);
    const card = await surface.lookUp(locale === 'ja' ? '0xC004FC07 が出ました' : '0xC004FC07');
    await surface.pressCard(words.label('start'));
    await playConversion(surface, locale);
    const told = await surface.told(words.label('begun'));
    const shots = [card, told, ...surface.place()].map(writtenDown);
    await expect(`${shots.join('\n\n----\n\n')}\n`).toMatchFileSnapshot(`golden/conversion.${locale}.golden.txt`);
  });
});
