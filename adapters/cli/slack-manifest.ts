import { manifestYaml } from '../slack/manifest.ts';
import type { Command } from './command.ts';
import { knowledgeFor } from './knowledge.ts';
import { readOptions } from './options.ts';

const usage = `slack-manifest [--url=https://your.host]
  without a URL   for Socket Mode, one workspace
  with it         over HTTP, for one workspace or, with OAuth, many
`;

/** `slack-manifest [--url]`: what Slack is told when the app is created, *From a manifest*. */
export const slackManifest: Command = async (args, io) => {
  const options = readOptions(args, { url: { type: 'string' } });
  const { url } = options?.values ?? {};
  if (options === undefined || (url !== undefined && !isPublic(url))) {
    io.errors.write(usage);
    return 2;
  }
  io.output.write(manifestYaml(await knowledgeFor(io), url?.replace(/\/+$/, '')));
  return 0;
};

function isPublic(url: string): boolean {
  return URL.parse(url)?.protocol === 'https:';
}
