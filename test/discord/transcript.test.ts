import { afterEach, describe, expect, test } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { shown } from './shown.ts';
import { DiscordSurface } from './surface.ts';
import { createWorkbench } from './workbench.ts';

const answers = [
  ['installed-edition-id', 'standard-eval'],
  ['licence-owned', 'yes'],
  ['domain-controller', 'no'],
  ['bought-edition', 'standard'],
  ['version-matches', 'yes'],
  ['installed-version', '2022'],
] as const;

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
    for (const [question, value] of answers) {
      const ask = words.texts.questions[question]?.ask;
      await surface.newest(ask === undefined ? question : spansToText(fill(ask)));
      await surface.press(words.value(question, value));
    }
    await surface.newest(words.label('how-did-it-go'));
    await surface.press(words.label('fixed'));
    await surface.newest(words.label('closed-fixed'));
    const told = await surface.told(words.label('place-link'));
    const [thread] = surface.peer.threads(surface.help);
    const shots = [card, told, ...surface.messages().map(shown)].map(({ text, buttons }) =>
      [text, ...buttons.map((label) => `[${label}]`)].join('\n'),
    );
    const nameless = shots.join('\n\n----\n\n').replaceAll(thread?.name.slice('licence-'.length) ?? '', '<id>');
    await expect(nameless).toMatchFileSnapshot(`golden/conversion.${locale}.golden.txt`);
    await surface.peer.waitFor(() => surface.peer.threads(surface.help)[0]?.thread_metadata.archived);
    expect(surface.peer.pings).toEqual([]);
  });
});
