import type { Problem } from '../../errors.ts';
import { closest } from '../closest.ts';
import type { Knowledge } from '../knowledge.ts';
import type { ProblemAt } from './report.ts';

/** Sources, related codes, rules and flows of guides that are named but not there. */
export function checkReferences(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  const problems: Problem[] = [];
  const source = (file: string, path: readonly PropertyKey[], ids: readonly string[]) => {
    for (const id of ids) {
      if (!knowledge.sources.has(id))
        problems.push(
          at(file, path, `there is no source ${id} in sources.yaml${closest(id, knowledge.sources.keys())}`),
        );
    }
  };
  const positions = new Map<string, number>();
  for (const code of knowledge.codes.values()) {
    const file = `errors/${code.family}.yaml`;
    const index = positions.get(code.family) ?? 0;
    positions.set(code.family, index + 1);
    source(file, ['codes', index, 'sources'], code.sources);
    for (const related of code['see-also'] ?? []) {
      if (!knowledge.codes.has(related))
        problems.push(
          at(
            file,
            ['codes', index, 'see-also'],
            `there is no code ${related}${closest(related, knowledge.codes.keys())}`,
          ),
        );
    }
  }
  for (const flow of knowledge.flows.values()) {
    for (const [id, outcome] of Object.entries(flow.outcomes))
      source(`flows/${flow.flow}.yaml`, ['outcomes', id, 'sources'], outcome.sources);
  }
  for (const [guide, { flows }] of Object.entries(knowledge.guides)) {
    for (const flow of flows) {
      if (!knowledge.flows.has(flow))
        problems.push(
          at(
            'guides.yaml',
            ['guides', guide, 'flows'],
            `there is no flow ${flow}${closest(flow, knowledge.flows.keys())}`,
          ),
        );
    }
  }
  for (const [index, rule] of [...knowledge.rules.values()].entries()) {
    source('rules.yaml', ['rules', index, 'sources'], rule.sources);
    if (rule.unneeded !== undefined && !knowledge.rules.has(rule.unneeded))
      problems.push(
        at(
          'rules.yaml',
          ['rules', index, 'unneeded'],
          `there is no rule ${rule.unneeded}${closest(rule.unneeded, knowledge.rules.keys())}`,
        ),
      );
  }
  return problems;
}
