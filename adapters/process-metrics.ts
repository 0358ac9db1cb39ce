import type { Gauge } from './http/metrics.ts';
import type { OutboxFigures } from './sql/outbox-figures.ts';

export interface MetricsParts {
  readonly platforms: readonly { readonly name: string; ready(): boolean }[];
  /** Every destination of the outbox, so that one with nothing to do is seen too. */
  readonly destinations: readonly string[];
  /** Rejects when the database cannot answer. */
  readonly outbox: () => Promise<readonly OutboxFigures[]>;
}

/** What an operator watches. While the database is away, the rest is still told. */
export async function readMetrics({ platforms, destinations, outbox }: MetricsParts): Promise<readonly Gauge[]> {
  const figures = await outbox().catch(() => undefined);
  return [
    {
      name: 'licence_desk_platform_ready',
      help: 'Whether the platform is connected.',
      samples: platforms.map(({ name, ready }) => ({ labels: { platform: name }, value: ready() ? 1 : 0 })),
    },
    {
      name: 'licence_desk_store_up',
      help: 'Whether the database answers.',
      samples: [{ value: figures === undefined ? 0 : 1 }],
    },
    ...(figures === undefined ? [] : outboxGauges(figures, destinations)),
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory size in bytes.',
      samples: [{ value: process.memoryUsage.rss() }],
    },
  ];
}

function outboxGauges(figures: readonly OutboxFigures[], destinations: readonly string[]): readonly Gauge[] {
  const idle = destinations
    .filter((name) => figures.every(({ destination }) => destination !== name))
    .map((destination): OutboxFigures => ({ destination, waiting: 0, oldestSeconds: 0, dead: 0 }));
  const samples = (of: 'waiting' | 'oldestSeconds' | 'dead') =>
    [...figures, ...idle].map(({ destination, [of]: value }) => ({ labels: { destination }, value }));
  return [
    { name: 'licence_desk_outbox_waiting', help: 'Deliveries that are due.', samples: samples('waiting') },
    {
      name: 'licence_desk_outbox_oldest_seconds',
      help: 'How long the oldest of them has been due.',
      samples: samples('oldestSeconds'),
    },
    { name: 'licence_desk_outbox_dead', help: 'Deliveries that were given up.', samples: samples('dead') },
  ];
}
