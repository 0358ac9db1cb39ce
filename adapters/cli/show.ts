import { answerTo } from '../../src/conversation/answer.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { messageToText } from '../../src/message/plain-text.ts';
import { presentAnswer } from '../../src/message/present-answer.ts';
import { presentOutcome } from '../../src/message/present-outcome.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { keyExpander } from '../expand-key.ts';
import type { Command } from './command.ts';
import { knowledgeFor } from './knowledge.ts';
import { readOptions } from './options.ts';

const usage = 'show <code | symptom | topic | outcome> [--as=text|slack|discord] [--locale=en|ja]\n';

/** `show`: one entry of the knowledge as a requester sees it, as text or as the payload a platform is sent. */
export const show: Command = async (args, io) => {
  const options = readOptions(args, {
    as: { type: 'string', default: 'text' },
    locale: { type: 'string', default: 'en' },
  });
  const [name] = options?.positionals ?? [];
  const locale = locales.find((each) => each === options?.values.locale);
  const render = renderers[options?.values.as ?? ''];
  if (name === undefined || locale === undefined || render === undefined) {
    io.errors.write(usage);
    return 2;
  }
  const knowledge = await knowledgeFor(io);
  const messages = messagesFor(knowledge, locale, name);
  if (messages.length === 0) {
    io.errors.write(
      `Nothing is called ${name}: name a code, symptom, topic or outcome (an outcome also as flow/outcome).\n`,
    );
    return 1;
  }
  for (const message of messages) io.output.write(`${await render(message, knowledge)}\n`);
  return 0;
};

/** An outcome's name may stand in several flows: each is shown. */
function messagesFor(knowledge: Knowledge, locale: Locale, name: string): readonly Message[] {
  const subject = /^0x[0-9a-f]{8}$/i.test(name) ? `0x${name.slice(2).toUpperCase()}` : name;
  if (knowledge.codes.has(subject) || knowledge.symptoms.has(subject) || knowledge.topics.has(subject)) {
    const answer = answerTo(knowledge, subject, [], new Date().toISOString());
    return [presentAnswer(knowledge, locale, answer)];
  }
  const words = new Words(knowledge, locale);
  return [...knowledge.flows.values()].flatMap(({ flow, outcomes }) =>
    Object.entries(outcomes)
      .filter(([id]) => name === id || name === `${flow}/${id}`)
      .map(([id, outcome]) => ({ locale, blocks: presentOutcome(words, flow, { ...outcome, id, shown: null }, []) })),
  );
}

type Render = (message: Message, knowledge: Knowledge) => Promise<string>;

const renderers: Readonly<Record<string, Render>> = {
  text: async (message, knowledge) => {
    const buttons = [...(message.choices ?? []), ...(message.actions ?? [])].map(({ label }) => `[${label}]`);
    return [
      messageToText(
        message,
        keyExpander(() => knowledge),
      ),
      buttons.join(' '),
    ]
      .join('\n')
      .trimEnd();
  },
  slack: async (message, knowledge) =>
    payloads((await import('../slack/render.ts')).renderMessage(message, renderOptions(message, knowledge))),
  discord: async (message, knowledge) =>
    payloads((await import('../discord/render.ts')).renderMessage(message, renderOptions(message, knowledge))),
};

function renderOptions({ locale }: Message, knowledge: Knowledge) {
  return { expandKey: keyExpander(() => knowledge), choose: new Words(knowledge, locale).label('choose') };
}

function payloads(pages: readonly object[]): string {
  return pages.map((page) => JSON.stringify(page, undefined, 2)).join('\n');
}
