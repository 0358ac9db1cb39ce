import { textFact } from './facts.ts';
import { byVerdict, type Policy } from './policy.ts';
import { releaseOf } from './releases.ts';
import { verdictOf } from './verdict.ts';

/** Whether a version still gets security updates on the day. */
export const supportEnd: Policy = {
  needs: ['support-version'],
  results: ['yes', 'no', 'depends'],
  run: ({ editions }, facts, at) => {
    const release = releaseOf(editions, textFact(facts, 'support-version'));
    if (release === undefined) return byVerdict(verdictOf('depends', 'support-decides'));
    const { label, 'mainstream-end': mainstream, 'extended-end': extended } = release;
    const values = { version: label, mainstream, extended };
    return byVerdict(
      at.slice(0, 10) <= extended
        ? verdictOf('yes', 'support-running', values)
        : verdictOf('no', 'support-over', values),
    );
  },
};
