import { describe, expect, test } from 'vitest';
import { renderMetrics } from '../../adapters/http/metrics.ts';
import { readMetrics } from '../../adapters/process-metrics.ts';

const platforms = [{ name: 'slack', ready: () => true }];
const destinations = ['slack', 'desk:partner'];
const figures = [{ destination: 'slack', waiting: 3, oldestSeconds: 1.5, dead: 2 }];

describe('the metrics', () => {
  test('tell of every destination, also of one with nothing to do', async () => {
    const text = renderMetrics(await readMetrics({ platforms, destinations, outbox: async () => figures }));
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '# TYPE licence_desk_outbox_waiting gauge',
        'licence_desk_platform_ready{platform="slack"} 1',
        'licence_desk_store_up 1',
        'licence_desk_outbox_waiting{destination="slack"} 3',
        'licence_desk_outbox_waiting{destination="desk:partner"} 0',
        'licence_desk_outbox_oldest_seconds{destination="slack"} 1.5',
        'licence_desk_outbox_dead{destination="slack"} 2',
      ]),
    );
  });

  test('still tell the rest while the database does not answer', async () => {
    const outbox = () => Promise.reject(new Error('no database'));
    const text = renderMetrics(await readMetrics({ platforms, destinations, outbox }));
    expect(text).toContain('licence_desk_store_up 0');
    expect(text).toContain('licence_desk_platform_ready{platform="slack"} 1');
    expect(text).not.toContain('licence_desk_outbox');
  });

  test('write a label so that no name breaks the line', () => {
    const gauge = { name: 'up', help: 'Up.', samples: [{ labels: { desk: 'a"b\\c\nd' }, value: 1 }] };
    expect(renderMetrics([gauge])).toBe('# HELP up Up.\n# TYPE up gauge\nup{desk="a\\"b\\\\c\\nd"} 1');
  });
});
