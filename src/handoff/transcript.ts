import type { Speaker, TranscriptLine } from './case.ts';
import { localTime } from './local-time.ts';

/** What passed through the bot, as Markdown: who spoke when, each text in a fence that no text of it can close. */
export function renderTranscript(
  speakers: Readonly<Record<Speaker, string>>,
  lines: readonly TranscriptLine[],
  timeZone: string,
): string {
  return lines
    .map(({ at, speaker, text }) => {
      const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
      const fence = '`'.repeat(longest + 1);
      return `**${speakers[speaker]}**, ${localTime(at, timeZone)} (${timeZone})\n\n${fence}\n${text}\n${fence}\n`;
    })
    .join('\n');
}
