import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram, spawnProgram } from '../support/spawned.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'licence-desk-terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = ['adapters/main.ts', 'terminal'];
const environment = (lang = 'en_US.UTF-8') => ({ LANG: lang, DATABASE_URL: `sqlite:${join(folder, 'desk.db')}` });
const talk = (lines: readonly string[], lang?: string) =>
  runProgram(program, `${lines.join('\n')}\n`, environment(lang));

describe('the terminal', () => {
  test('goes from the code to the conversion by numbers', async () => {
    const { code, output } = await talk(['0xC004FC07', '1', '1', '1', '2', '1', '1', '3']);
    expect(code).toBe(0);
    expect(output).toContain('DISM /online /Set-Edition:ServerStandard');
    expect(output).toContain('N69G4-B89J2-4G8F4-WWYCC-J464C');
  });

  test('goes the same way in Japanese and in words', async () => {
    const { output } = await talk(
      ['0xC004FC07 が出ます', '1', 'standard の評価版', 'はい', 'いいえ', 'Standard', 'はい', '２０１９'],
      'ja_JP.UTF-8',
    );
    expect(output).toContain('DISM で評価版を Standard に変換します');
  });

  test('goes on at the same question after kill -9', async () => {
    const first = spawnProgram(program, environment());
    await first.prints('Windows Server licensing');
    for (const [line, answer] of [
      ['0xC004FC07', 'Start'],
      ['1', 'Which edition'],
      ['1', 'Has a licence'],
      ['1', 'Is the server a domain controller?'],
    ] as const) {
      const from = first.printed().length;
      first.child.stdin?.write(`${line}\n`);
      await first.prints(answer, from);
    }
    first.child.kill('SIGKILL');
    await first.ended;

    const { output } = await talk(['2', 'standard']);
    expect(output).toContain('Is the server a domain controller?');
    expect(output).not.toContain('Has a licence for this server been bought?');
    expect(output).toContain('Is the licence for the same version');
  });

  test('reads a pasted output between fences, and keeps no key', async () => {
    const paste = [
      '```',
      'Name: Windows(R), ServerDatacenterEval edition',
      'Description: Windows(R) Operating System, TIMEBASED_EVAL channel',
      'slmgr /ipk BCDFG-HJKMP-QRTVW-XY234-6789B',
      '```',
    ];
    const { output, errors } = await talk(['0xC004FC07', '1', ...paste]);
    expect(output).toContain('ServerDatacenterEval');
    expect(output).toContain('Has a licence for this server been bought?');
    const kept = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    for (const place of [output, errors, kept]) expect(place).not.toContain('BCDFG-HJKMP');
  });

  test.each(['person', '担当者'])('keeps the code of a card when a person is asked for in words: %s', async (words) => {
    const { output } = await talk(['0xC004C003', words]);
    expect(output).toContain('Copy this. It holds everything they need to begin');
    expect(output).toMatch(/Problem: 0xC004C003/);
  });

  test('lets a command leave the field of a form', async () => {
    const { output } = await talk(['1', '1', 'person']);
    expect(output).toContain('Hand this to a person');
    expect(output).not.toContain('Enter the code as the server shows it');
  });

  test.each([
    ['garbage', 'qwerty zxcv'],
    ['control characters', '\u0001\u0002\u001b[2J'],
    ['one megabyte', 'x'.repeat(1_000_000)],
  ])('answers %s shortly and changes nothing', async (_, text) => {
    const { code, output } = await talk([text]);
    expect(code).toBe(0);
    expect(output.length).toBeLessThan(5000);
    expect(output).not.toContain('\u001b[2J');
    const { output: again } = await talk(['']);
    expect(again).toContain('Windows Server licensing');
  });
});

describe('the start', () => {
  test('names every wrong value at once', async () => {
    const { code, errors } = await runProgram(['adapters/main.ts'], '', {
      SLACK_BOT_TOKEN: 'nonsense',
      PORT: 'http',
      DATABASE_URL: 'mysql://x',
      DISCORD_TOKEN: 'x'.repeat(30),
    });
    expect(code).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'PORT', 'DATABASE_URL']) expect(errors).toContain(name);
  });

  test('refuses to serve without a platform', async () => {
    const { code, errors } = await runProgram(['adapters/main.ts', 'serve'], '', environment());
    expect(code).toBe(1);
    expect(errors).toContain('No platform is configured');
  });

  test('does not touch a file that is no database of ours', async () => {
    const { code, errors } = await runProgram(program, '', {
      ...environment(),
      DATABASE_URL: `sqlite:${join(process.cwd(), 'package.json')}`,
    });
    expect(code).toBe(1);
    expect(errors).toMatch(/package\.json/);
  });
});
