import { expect, test } from 'vitest';
import { staleEntries } from '../../src/knowledge/check/staleness.ts';
import { shippedKnowledge } from '../support/knowledge.ts';

const knowledge = shippedKnowledge();

test('an entry is stale when its month, or its day, lies over a year back', () => {
  const dated = (read: string) => ({
    ...knowledge,
    sources: new Map([['S-X', { id: 'S-X', title: 'X', where: 'x', official: true, read }]]),
  });
  const stale = (read: string) =>
    staleEntries(dated(read), '2026-11-25').filter(({ file }) => file === 'sources.yaml').length > 0;
  expect(['2025-10', '2025-11-24'].filter(stale)).toHaveLength(2);
  expect(['2025-11', '2025-11-25', '2026-11'].filter(stale)).toEqual([]);
});

test('every dated entry of every file is looked at', () => {
  const stale = staleEntries(knowledge, '2099-01-01');
  expect(new Set(stale.map(({ file }) => file))).toEqual(
    new Set(['editions.yaml', 'cals.yaml', 'rules.yaml', 'sources.yaml']),
  );
  expect(stale).toContainEqual({ file: 'cals.yaml', entry: 'reassign', since: '2026-11' });
  expect(stale.filter(({ file }) => file === 'sources.yaml')).toHaveLength(knowledge.sources.size);
  expect(stale.filter(({ file }) => file === 'rules.yaml')).toHaveLength(knowledge.rules.size);
});
