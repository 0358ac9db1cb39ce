import { describeProblem, KnowledgeError } from '../../src/errors.ts';
import { loadKnowledge } from '../knowledge.ts';
import { shippedKnowledge } from '../knowledge-files.ts';
import type { Command } from './command.ts';

/** `check [folder]`: every problem of the knowledge in one report, each with its place and what to do. */
export const check: Command = async ([folder = shippedKnowledge], { output, errors }) => {
  try {
    const { codes, flows, rules, sources } = loadKnowledge(folder);
    output.write(
      `The knowledge is sound: ${codes.size} codes, ${flows.size} flows, ${rules.size} rules, ${sources.size} sources.\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    errors.write(`${error.problems.map(describeProblem).join('\n')}\n${error.problems.length} problem(s)\n`);
    return 1;
  }
};
