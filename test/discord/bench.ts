import { afterEach } from 'vitest';
import { Words } from '../../src/message/phrases.ts';
import type { Locale } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { DiscordSurface } from './surface.ts';
import { createWorkbench, type WorkbenchOptions } from './workbench.ts';

const open: DiscordSurface[] = [];
afterEach(async () => {
  for (const surface of open.splice(0)) await surface.stop();
});

/** A person in a channel with the bot; ended after the test. */
export async function begin(options: WorkbenchOptions = {}, locale = 'en-US'): Promise<DiscordSurface> {
  const surface = new DiscordSurface(await createWorkbench(options), locale);
  open.push(surface);
  return surface;
}

/** The same with a conversation about the expired evaluation, at its first question. */
export async function started(options: WorkbenchOptions = {}): Promise<DiscordSurface> {
  const surface = await begin(options);
  await start(surface);
  return surface;
}

export async function start(surface: DiscordSurface): Promise<void> {
  await surface.lookUp('0xC004FC07');
  await surface.pressCard(words().label('start'));
  await surface.newest(ask('installed-edition-id'));
}

export const words = (locale: Locale = 'en') => new Words(shippedKnowledge(), locale);
export const ask = (question: string) => {
  const sentence = words().texts.questions[question]?.ask;
  return sentence === undefined ? question : spansToText(fill(sentence));
};
