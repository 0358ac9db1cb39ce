/** What every error of this project has: a stable `code` for callers and logs; the message is for the operator. */
export abstract class BotError extends Error {
  abstract readonly code: string;

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}

/** One fault in the knowledge: where it stands and what its author does about it. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The knowledge cannot be used. It carries every problem of every file, so that one reading mends them all. */
export class KnowledgeError extends BotError {
  readonly code = 'KNOWLEDGE_BROKEN';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`The knowledge has ${problems.length} problem(s):\n${problems.map(describeProblem).join('\n')}`);
    this.problems = problems;
  }
}

/** One problem as a line: `file:line:column what to do`. */
export function describeProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}

/** The process cannot start as it is configured. The message names every wrong value and what to do about each. */
export class ConfigError extends BotError {
  readonly code = 'CONFIG_WRONG';
}

/** The database cannot be used: unreachable, damaged, newer than this program. The message names cause and remedy. */
export class StoreError extends BotError {
  readonly code = 'STORE_UNUSABLE';
}
