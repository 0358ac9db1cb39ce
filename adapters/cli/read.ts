import { readOutput } from '../../src/reading/output/read-output.ts';
import { factsOfOutput } from '../../src/reading/output-facts.ts';
import { redact } from '../../src/reading/redact.ts';
import type { Command } from './command.ts';
import { runQueries } from './json-lines.ts';
import { knowledgeFor } from './knowledge.ts';

/** `read`: what a pasted output says. */
export const read: Command = async (args, io) => {
  const knowledge = await knowledgeFor(io);
  const answer = ({ text }: { readonly text: string }) => {
    const { text: clean, found: redactions } = redact(text);
    const reading = readOutput(clean);
    const { kind, fields, language } = reading;
    return { kind, fields, language, prefilled: Object.fromEntries(factsOfOutput(knowledge, reading)), redactions };
  };
  return runQueries(args, io, answer, (query) => JSON.stringify(answer(query), null, 2));
};
