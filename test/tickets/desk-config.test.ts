import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { desk } from '../../adapters/cli/desk.ts';
import { DeskConfig, parseDeskConfig } from '../../adapters/desk-config.ts';
import { knowledge } from '../support/cases.ts';

const example = fileURLToPath(new URL('../../desk-config.example.yaml', import.meta.url));
const text = readFileSync(example, 'utf8');
const fields = knowledge.tickets.fields.map(({ id }) => id);
const parse = (from: string, to: string) => () => parseDeskConfig('desks.yaml', text.replace(from, to), fields);

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const written: string[] = [];
  const sink = () =>
    new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    });
  const code = await desk(args, {
    input: Readable.from([]),
    output: sink(),
    errors: sink(),
    environment: { DESK_CONFIG: example, ...environment },
  });
  return { code, said: written.join('') };
}

describe('the desk configuration', () => {
  test('of the example is sound', () => {
    expect(parseDeskConfig('desks.yaml', text, fields).routes).toHaveLength(5);
  });

  test('has a published JSON Schema that is the schema', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../schemas/desk-config.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(z.toJSONSchema(DeskConfig, { io: 'input' }));
  });

  test.each([
    ['to: maker }', 'to: makers }', /routes\.1\.to: there is no desk makers/],
    ['outside: office', 'outside: offices', /there are no hours offices/],
    ['hours: office }', 'hours: nights }', /agents\.slack:T0123ABCD\.hours: there are no hours nights/],
    ['  country: JP\n', '  country: JP\n  colour: red\n', /there is no such field/],
    ['token: { env: RT_TOKEN }', 'token: abc', /name where the secret is/],
    ['time-zone: Asia/Tokyo }', 'time-zone: Asia/Edo }', /name a time zone/],
    ['kind: zendesk', 'kind: zendesks', /say which system it is/],
    ['version: 1', 'version: 2', /version/],
    ['desk: [oem]', 'desk: [oems]', /name desks/],
  ])('names the line and the remedy for %j → %j', (from, to, message) => {
    expect(parse(from, to)).toThrow(message);
    expect(parse(from, to)).toThrow(/desks\.yaml:\d+:\d+/);
  });
});

describe('desk', () => {
  test('check names every secret that is missing', async () => {
    const { code, said } = await run(['check']);
    expect(code).toBe(1);
    expect(said).toContain('reseller: client-secret is missing: set SMTP_CLIENT_SECRET');
    expect(said).toContain('on-call: secrets is missing: set ONCALL_SECRET');
  });

  test('explain says where a case goes, and why not elsewhere', async () => {
    const { code, said } = await run(['explain', '--desk=oem', '--severity=1', '--at=2026-11-23T12:00:00Z']);
    expect(code).toBe(0);
    expect(said).toContain('route 1 to on-call: taken');
    const day = await run(['explain', '--desk=oem', '--severity=1', '--at=2026-11-23T01:00:00Z']);
    expect(day.said).toContain('route 1 to on-call: no, outside does not fit');
    expect(day.said).toContain('It goes to Example Server Maker (JP)');
  });

  test('explain refuses what is no case', async () => {
    expect((await run(['explain', '--desk=nowhere'])).code).toBe(2);
    expect((await run(['explain', '--desk=oem', '--severity=9'])).code).toBe(2);
  });

  test('asks for the file where none is named', async () => {
    await expect(run(['check'], { DESK_CONFIG: undefined as unknown as string })).rejects.toThrow(/DESK_CONFIG/);
  });
});
