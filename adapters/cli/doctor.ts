import { describeProblem, KnowledgeError } from '../../src/errors.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { Words } from '../../src/message/phrases.ts';
import { type Config, readConfig } from '../config.ts';
import { loadDeskConfig } from '../desk-config.ts';
import { type Finding, ill, well } from '../finding.ts';
import { createLog } from '../log.ts';
import { examineDatabase } from '../sql/examine.ts';
import type { Command, CommandIo } from './command.ts';
import { healthOf } from './desk-health.ts';
import { knowledgeFor } from './knowledge.ts';

/** `doctor`: whether everything that is configured works, a line each. Asks the platforms and desks, and changes nothing. */
export const doctor: Command = async (_args, io) => {
  const config = readConfig(io.environment);
  let faults = 0;
  for await (const { well: isWell, about, says } of examine(config, io)) {
    if (!isWell) faults += 1;
    io.output.write(`${isWell ? 'well ' : 'FAULT'}  ${about}: ${says}\n`);
  }
  if (faults > 0) io.errors.write(`${faults} ${faults === 1 ? 'fault' : 'faults'}\n`);
  return faults === 0 ? 0 : 1;
};

async function* examine(config: Config, io: CommandIo): AsyncGenerator<Finding> {
  const knowledge = await readKnowledge(io);
  if ('about' in knowledge) {
    yield knowledge;
    return;
  }
  yield well('knowledge', `${knowledge.codes.size} codes, ${knowledge.flows.size} flows`);
  yield await examineDatabase(config.databaseUrl, createLog('silent'));
  if (config.slack === undefined && config.discord === undefined)
    yield well('platforms', 'none is configured: npm start opens the terminal');
  if (config.slack !== undefined) {
    const { examineSlack } = await import('../slack/examine.ts');
    yield* await examineSlack(config.slack, { now: () => new Date() });
  }
  if (config.discord !== undefined) {
    const { examineDiscord } = await import('../discord/examine.ts');
    yield* await examineDiscord(config.discord, new Words(knowledge, 'en'));
  }
  if (config.deskConfig === undefined) yield well('desks', 'none is configured: a case is given to copy');
  else yield* examineDesks(config.deskConfig, knowledge, io);
}

async function readKnowledge(io: CommandIo): Promise<Knowledge | Finding> {
  try {
    return await knowledgeFor(io);
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return ill('knowledge', error.problems.map(describeProblem).join('\n'));
  }
}

async function* examineDesks(file: string, { tickets }: Knowledge, io: CommandIo): AsyncGenerator<Finding> {
  const fields = tickets.fields.map(({ id }) => id);
  for (const [name, { system }] of Object.entries(loadDeskConfig(file, fields).desks)) {
    const health = await healthOf(system, io);
    yield health.kind === 'well'
      ? well(`desk ${name}`, 'answers, and knows us')
      : ill(`desk ${name}`, health.kind === 'throttled' ? 'answers, and asks us to wait' : health.reason);
  }
}
