import { describeProblem, KnowledgeError } from '../../src/errors.ts';
import { staleEntries } from '../../src/knowledge/check/staleness.ts';
import { loadKnowledge } from '../load-knowledge.ts';
import type { Command } from './command.ts';

/**
 * `check [folder]`: every problem of the knowledge in one report, each with its place and what to do. What was last compared with
 * its source over a year ago is a warning.
 */
export const check: Command = async ([folder], io) => {
  try {
    const knowledge = loadKnowledge(folder, io.environment.KNOWLEDGE_DIR);
    for (const { file, entry, since } of staleEntries(knowledge, new Date().toISOString().slice(0, 10)))
      io.errors.write(
        `warning: ${file} ${entry}: last compared in ${since}; compare it again and write the new date\n`,
      );
    const { codes, flows, rules, sources } = knowledge;
    io.output.write(
      `The knowledge is sound: ${codes.size} codes, ${flows.size} flows, ${rules.size} rules, ${sources.size} sources.\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    io.errors.write(`${error.problems.map(describeProblem).join('\n')}\n${error.problems.length} problem(s)\n`);
    return 1;
  }
};
