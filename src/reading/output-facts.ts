import type { Knowledge } from '../knowledge/knowledge.ts';
import type { OutputFields, OutputReading } from './output/output.ts';

export type ReadFact = readonly [question: string, value: string | number];

/** The key channel a channel word of `slmgr` stands for. Source: editions.yaml, channels. */
const channels: readonly (readonly [prefix: string, channel: string])[] = [
  ['TIMEBASED_EVAL', 'evaluation'],
  ['VIRTUAL_MACHINE_ACTIVATION', 'avma'],
  ['VOLUME_MAK', 'mak'],
  ['VOLUME_KMSCLIENT', 'kms'],
  ['OEM', 'oem'],
  ['RETAIL', 'retail'],
];

/** The questions an output can answer, together with the code. */
export const readableQuestions: readonly string[] = [
  'error-code',
  'installed-edition-id',
  'installed-version',
  'key-channel',
  'licence-status',
];

/** The facts an output gives: only answers to questions the knowledge asks, and only what was printed. */
export function factsOfOutput(knowledge: Knowledge, { fields }: OutputReading): readonly ReadFact[] {
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['installed-edition-id', editionIdOf(fields)],
    ['installed-version', fields.version?.toLowerCase().replaceAll(' ', '')],
    ['key-channel', channelOf(fields)],
    ['installed-evaluation', fields.evaluation === undefined ? undefined : fields.evaluation ? 'yes' : 'no'],
    ['installed-edition', editionOf(fields)],
    ['licence-status', fields.licenceStatus?.endsWith('grace') === true ? 'grace' : fields.licenceStatus],
    ['kms-entry', fields.kmsHostSource === 'none' ? 'empty' : undefined],
  ];
  return facts.flatMap(([question, value]): ReadFact[] => {
    const known = knowledge.questions.get(question);
    const fits = known !== undefined && value !== undefined && (known.choices?.includes(String(value)) ?? true);
    return fits ? [[question, value]] : [];
  });
}

function editionIdOf({ edition, evaluation, serverCore }: OutputFields): string | undefined {
  if (evaluation === false) return 'no-eval';
  if (evaluation !== true || edition === undefined) return undefined;
  const name = /Datacenter/i.test(edition) ? 'datacenter' : /Standard/i.test(edition) ? 'standard' : undefined;
  return name === undefined ? undefined : `${name}-eval${serverCore === true ? '-core' : ''}`;
}

/** The edition a name stands for. Source: editions.yaml, edition-ids. */
function editionOf({ edition = '' }: OutputFields): string | undefined {
  if (/^ServerSolution/i.test(edition)) return 'essentials';
  if (/^ServerTurbine/i.test(edition)) return 'azure';
  if (/^ServerStandard/i.test(edition)) return 'standard';
  return /^ServerDatacenter/i.test(edition) ? 'datacenter' : undefined;
}

function channelOf({ channel = '' }: OutputFields): string | undefined {
  return channels.find(([prefix]) => channel.startsWith(prefix))?.[1];
}
