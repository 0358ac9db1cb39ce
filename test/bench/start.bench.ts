/**
 * How long a start takes and what it keeps: `node test/bench/start.bench.ts [runs]`. The service is ready when both platforms are,
 * against peers of our own; the terminal when it asks its first question. Started as the container does. Wanted: 1.5 s and 200 MB, 0.7 s.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createDiscordPeer } from '../support/discord-peer/create-discord-peer.ts';
import { createSlackPeer } from '../support/slack-peer/create-slack-peer.ts';
import { type Spawned, spawnProgram } from '../support/spawned.ts';

const runs = Number(process.argv[2] ?? 7);
/** Resident memory is read when the garbage of the start had time to go. */
const idleMs = 3_000;

interface Start {
  readonly seconds: number;
  /** What the processor worked for it, which other work on the machine hardly changes. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'licence-desk-bench-'));
const [slack, discord] = [await createSlackPeer(), await createDiscordPeer()];
const database = { DATABASE_URL: `sqlite:${join(folder, 'desk.db')}` };
const platforms = {
  ...database,
  SLACK_APP_TOKEN: slack.app.appToken,
  SLACK_BOT_TOKEN: slack.team('T1').botToken,
  SLACK_API_URL: slack.apiUrl,
  DISCORD_TOKEN: discord.token,
  DISCORD_APPLICATION_ID: discord.applicationId,
  DISCORD_API_URL: discord.apiUrl,
  PORT: '0',
};
try {
  await report('service', ['serve'], platforms, '"ready"');
  await report('terminal', ['terminal'], { ...database, LANG: 'en_US.UTF-8' }, 'Windows Server licensing');
} finally {
  await Promise.all([slack.close(), discord.stop()]);
  rmSync(folder, { recursive: true, force: true });
}

/** The first start fills what later ones find, so it is told apart. */
async function report(
  name: string,
  mode: readonly string[],
  environment: Readonly<Record<string, string>>,
  sign: string,
): Promise<void> {
  const first = await start(mode, environment, sign);
  const starts: Start[] = [];
  for (let run = 0; run < runs; run += 1) starts.push(await start(mode, environment, sign));
  const sorted = (of: keyof Start) => starts.map((each) => each[of]).toSorted((a, b) => a - b);
  const seconds = sorted('seconds');
  console.log(
    `${name}: ready after ${middle(seconds).toFixed(2)} s (${seconds[0]?.toFixed(2)} to ${seconds.at(-1)?.toFixed(2)}, first ${first.seconds.toFixed(2)}),` +
      ` ${middle(sorted('cpuSeconds')).toFixed(2)} s of processor, resident ${middle(sorted('megabytes')).toFixed(0)} MB`,
  );
}

async function start(
  mode: readonly string[],
  environment: Readonly<Record<string, string>>,
  sign: string,
): Promise<Start> {
  const begun = performance.now();
  const { child, ended } = spawnProgram(
    ['--max-semi-space-size=16', '--import', './adapters/compile-cache.js', 'adapters/main.ts', ...mode],
    environment,
  );
  await Promise.race([says(child.stdout, sign), says(child.stderr, sign), ended.then(refuse)]);
  const seconds = (performance.now() - begun) / 1_000;
  const cpuSeconds = processorSeconds(child.pid);
  await wait(idleMs);
  const megabytes = residentMegabytes(child.pid);
  child.kill('SIGTERM');
  await ended;
  return { seconds, cpuSeconds, megabytes };
}

/** Resolves when the text was written, in one piece or several. */
function says(stream: Readable | null, sign: string): Promise<void> {
  let written = '';
  return new Promise((resolve) => {
    stream?.on('data', (text: string) => {
      written += text;
      if (written.includes(sign)) resolve();
    });
  });
}

function refuse({ output, errors }: Awaited<Spawned['ended']>): never {
  throw new Error(`the program ended before it was ready:\n${output}${errors}`);
}

/** From the system's own account of the process; Linux only. */
function residentMegabytes(pid: number | undefined): number {
  const kilobytes = /^VmRSS:\s+(?<kilobytes>\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups;
  return Number(kilobytes?.kilobytes) / 1_000;
}

/** User and system time of all threads, in the system's hundredths of a second; Linux only. */
function processorSeconds(pid: number | undefined): number {
  const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return (Number(user) + Number(system)) / 100;
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
