import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report as reportCommand } from '../../adapters/cli/report.ts';
import { requestRow } from '../../adapters/cli/request-row.ts';
import { createStore } from '../../adapters/sql/store.ts';
import type { ClosedRound, Conversation } from '../../src/conversation/conversation.ts';
import type { HandoffState } from '../../src/conversation/handoff-state.ts';
import { silentLog } from '../sql/silent-log.ts';
import { conversationIn } from '../support/talk.ts';
import { runCommand } from './run-command.ts';

const begun = conversationIn('evaluation', { 'error-code': '0xC004FC07' }).conversation;
const now = new Date(begun.lastAt);
const later = new Date(now.getTime() + 30 * 86_400_000);
const attempt = (result: ClosedRound['result'], code: string | null = '0xC004FC07'): ClosedRound => ({
  ...{ flow: 'evaluation', code, outcome: 'convert', result, closedAt: begun.lastAt },
});
const sent: HandoffState = {
  ...{
    generation: 1,
    desk: 'reseller',
    to: 'contoso',
    round: 1,
    details: {},
    overriddenBy: null,
    shown: null,
    subject: null,
  },
  ...{ consent: null, word: null, tries: 0, withoutTranscript: false, at: begun.lastAt },
  stage: 'created',
  ticket: { number: '4711', url: null },
};
const fixed: Conversation = { ...begun, state: 'closed', closedRounds: [attempt('still-failing'), attempt('fixed')] };

describe('a request in the report', () => {
  test.each<[string, Conversation, Date, Partial<ReturnType<typeof requestRow>>]>([
    ['is open while it is new', begun, now, { end: 'open', problem: '0xC004FC07', rounds: 1, outcome: '' }],
    ['is left when nobody comes back', begun, later, { end: 'left' }],
    ['is fixed by the round that worked', fixed, later, { end: 'fixed', rounds: 2, outcome: 'convert' }],
    [
      'is handed over with its ticket',
      { ...begun, handoff: sent },
      later,
      { end: 'handed-over', to: 'contoso', ticket: '4711' },
    ],
    [
      'stays handed over when the ticket mended it',
      { ...fixed, handoff: { ...sent, stage: 'resolved' } },
      now,
      { end: 'handed-over' },
    ],
    [
      'is not handed over by a ticket that is only prepared',
      { ...begun, handoff: { ...sent, stage: 'preview' } },
      now,
      { end: 'open' },
    ],
    [
      'is not handed over by a ticket nobody wanted',
      { ...fixed, handoff: { ...sent, stage: 'cancelled' } },
      now,
      { end: 'fixed' },
    ],
    ['is called by its flow where it has no code', { ...conversationIn('cal').conversation }, now, { problem: 'cal' }],
  ])('%s', (_, conversation, at, row) => expect(requestRow(conversation, at)).toMatchObject(row));
});

describe('report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'licence-desk-'));
  const url = `sqlite:${join(folder, 'report.db')}`;
  const report = (...args: readonly string[]) => runCommand(reportCommand, args, { DATABASE_URL: url });

  beforeAll(async () => {
    const store = await createStore(url, silentLog);
    // More than a page, so that none is missed or counted twice between two.
    const many = Array.from({ length: 700 }, (_, index): Conversation => ({ ...fixed, id: `many${index}` }));
    const hostile: Conversation = {
      ...begun,
      id: 'handed',
      handoff: { ...sent, ticket: { number: '=HYPERLINK("http://contoso.example")', url: null } },
    };
    await Promise.all(
      [...many, hostile].map((conversation) =>
        store.conversations.commit({
          ...{ version: 0, conversation: { ...conversation, turn: 1 }, deliveries: [], receipt: conversation.id },
          event: { kind: 'resumed', actor: { id: 'requester', role: 'user' }, at: begun.openedAt },
        }),
      ),
    );
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('counts how requests ended, by problem', async () => {
    const { code, output } = await report();
    expect(code).toBe(0);
    const counts = output.split('\n').map((line) => line.split(/ +/));
    expect(counts).toContainEqual(['0xC004FC07', '701', '700', '1', '0', '0']);
    expect(counts).toContainEqual(['all', '701', '700', '1', '0', '0']);
  });

  test('gives a row a request, which names nobody and runs nothing in a spreadsheet', async () => {
    const { output } = await report('--csv');
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(702);
    expect(lines[0]).toContain('request,workspace');
    expect(output).not.toContain('requester');
    expect(output).not.toMatch(/,"?=HYPERLINK/);
    const rows = (await report('--json')).output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(rows.map(({ request }) => request)).size).toBe(701);
  });

  test('leaves out what was opened before the day', async () => {
    const day = new Date(Date.parse(begun.openedAt) + 86_400_000).toISOString().slice(0, 10);
    expect((await report(`--since=${day}`)).output).toBe('There are no requests.\n');
    expect((await report('--since=yesterday')).code).toBe(2);
  });
});
