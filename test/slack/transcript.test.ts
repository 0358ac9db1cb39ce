import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import type { Shown } from '../contracts/chat-scenarios.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { SlackSurface } from './surface.ts';
import { createWorkbench } from './workbench.ts';

const answers = [
  ['installed-edition-id', 'standard-eval'],
  ['licence-owned', 'yes'],
  ['domain-controller', 'no'],
  ['bought-edition', 'standard'],
  ['version-matches', 'yes'],
  ['installed-version', '2022'],
] as const;

const open: SlackSurface[] = [];
afterEach(async () => {
  for (const surface of open.splice(0)) await surface.stop();
});

const written = ({ text, buttons }: Shown) => [text, ...buttons.map((label) => `[${label}]`)].join('\n');

describe('a diagnosis as Slack shows it', () => {
  test.each(['en', 'ja'] as const)('from the code to the conversion of the evaluation, in %s', async (locale) => {
    const surface = new SlackSurface(await createWorkbench('socket'), 'C1', 'U1', 'U2');
    open.push(surface);
    const words = new Words(shippedKnowledge(), locale);
    const card = await surface.lookUp(locale === 'ja' ? '0xC004FC07 が出ました' : '0xC004FC07');
    await surface.pressCard(words.label('start'));
    for (const [question, value] of answers) {
      const ask = words.texts.questions[question]?.ask;
      await surface.newest(ask === undefined ? question : spansToText(fill(ask)));
      await surface.press(words.value(question, value));
    }
    await surface.newest(words.label('how-did-it-go'));
    await surface.press(words.label('fixed'));
    await surface.newest(words.label('closed-fixed'));
    const told = await surface.told(words.label('begun'));
    const shots = [card, told, ...surface.place()].map(written);
    await expect(`${shots.join('\n\n----\n\n')}\n`).toMatchFileSnapshot(`golden/conversion.${locale}.golden.txt`);
  });
});
