import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, describeProblem, type Problem } from '../src/errors.ts';
import { Hours, TimeZone } from '../src/handoff/hours.ts';
import { DeskName, Route } from '../src/handoff/routes.ts';
import { Id } from '../src/knowledge/schema/ids.ts';
import { YamlFile } from '../src/knowledge/yaml-file.ts';
import { locales } from '../src/text/locale.ts';
import { TicketSystem } from './tickets/system.ts';

const days = z.int().min(1);

const DeskEntry = z.strictObject({
  /** As people know it; shown before anything is sent, with the country. */
  name: z.string().min(1),
  country: z.string().min(2, 'name the country the ticket goes to, such as JP'),
  language: z.enum(locales, `say ${locales.join(' or ')}`),
  system: TicketSystem,
});

/** The file DESK_CONFIG names. Its JSON Schema is `schemas/desk-config.schema.json`. */
export const DeskConfig = z.strictObject({
  version: z.literal(1),
  sender: z.strictObject({
    kind: z.enum(['customer', 'msp'], 'say customer, or msp where you write for your customers'),
    name: z.string().min(1),
    'time-zone': TimeZone,
  }),
  /** Fields of every ticket that are always the same, by their id in `knowledge/tickets.yaml`. */
  defaults: z.record(Id, z.string().min(1)).default({}),
  hours: z.record(Id, Hours).default({}),
  desks: z.record(DeskName, DeskEntry).default({}),
  /** In order: the first that fits is taken. */
  routes: z.array(Route).default([]),
  /** By workspace, as `slack:T0123`: who takes over, and where they are told. */
  agents: z
    .record(
      z.string().regex(/^(slack|discord):/, 'name the workspace, such as slack:T0123 or discord:1234'),
      z.strictObject({
        channel: z.string().min(1).optional(),
        agents: z.array(z.string()).default([]),
        leads: z.array(z.string()).default([]),
        /** Names the entry of `hours` in which they work. */
        hours: Id.optional(),
      }),
    )
    .default({}),
  /** How long things are kept. */
  retention: z
    .strictObject({
      'conversation-days': days.optional(),
      'receipt-days': days.optional(),
      'dead-delivery-days': days.optional(),
    })
    .default({}),
});
export type DeskConfig = z.infer<typeof DeskConfig>;

/** Reads the file DESK_CONFIG names. Throws one ConfigError with every problem, each with its line. */
export function loadDeskConfig(file: string, fields: readonly string[]): DeskConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`DESK_CONFIG names ${file}, which cannot be read: name an existing file`, { cause });
  }
  return parseDeskConfig(file, text, fields);
}

/** Parses a desk configuration. `fields` are the ids of `knowledge/tickets.yaml`. */
export function parseDeskConfig(name: string, text: string, fields: readonly string[]): DeskConfig {
  const file = new YamlFile(name, text);
  const { value, problems } = file.read(DeskConfig);
  const found =
    value === undefined ? problems : references(value, fields).map(([path, message]) => file.problem(path, message));
  if (value === undefined || found.length > 0) throw new ConfigError(report(found));
  return value;
}

function report(problems: readonly Problem[]): string {
  return `DESK_CONFIG has ${problems.length} problem(s):\n${problems.map(describeProblem).join('\n')}`;
}

type Reference = readonly [path: readonly PropertyKey[], message: string];

/** What one entry names and another must be. */
function references(
  { agents, defaults, desks, hours, routes }: DeskConfig,
  fields: readonly string[],
): readonly Reference[] {
  const known = (names: Readonly<Record<string, unknown>>) => Object.keys(names).join(', ') || 'none yet';
  const targets = new Set(routes.map(({ to }) => to));
  return [
    ...Object.keys(defaults)
      .filter((id) => !fields.includes(id))
      .map((id): Reference => [['defaults', id], 'there is no such field in knowledge/tickets.yaml']),
    ...routes.flatMap(({ to, when }, index): readonly Reference[] => [
      ...(to in desks ? [] : [[['routes', index, 'to'], `there is no desk ${to}: ${known(desks)}`] as const]),
      ...(['hours', 'outside'] as const).flatMap((name): readonly Reference[] => {
        const calendar = when[name];
        return calendar === undefined || calendar in hours
          ? []
          : [[['routes', index, 'when', name], `there are no hours ${calendar}: ${known(hours)}`]];
      }),
    ]),
    ...Object.entries(agents).flatMap(([workspace, { hours: calendar }]): readonly Reference[] =>
      calendar === undefined || calendar in hours
        ? []
        : [[['agents', workspace, 'hours'], `there are no hours ${calendar}: ${known(hours)}`]],
    ),
    ...Object.keys(desks)
      .filter((desk) => !targets.has(desk))
      .map((desk): Reference => [['desks', desk], 'no route leads here: add one, or remove the desk']),
  ];
}
