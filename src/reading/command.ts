import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Guide, guides } from '../knowledge/schema/guides.ts';
import { type Command, commands } from '../knowledge/schema/words.ts';
import { foldWords } from './phrase.ts';

/** A message that is nothing but a command (`back`, 戻る, `a person please`); undefined otherwise. */
export function readCommand(knowledge: Knowledge, text: string): Command | undefined {
  return wordingsOf(knowledge).commands.get(foldCommand(text));
}

const guideOf: Readonly<Partial<Record<Command, Guide>>> = { person: 'handoff', summary: 'status', stand: 'status' };

/** The guide a message asks for by its word (`help`, ヘルプ) while there is no conversation; undefined for any other. */
export function readGuide(knowledge: Knowledge, text: string): Guide | undefined {
  const wordings = wordingsOf(knowledge);
  const folded = foldCommand(text);
  const command = wordings.commands.get(folded);
  const meant = command === undefined ? undefined : guideOf[command];
  return meant ?? wordings.guides.get(folded);
}

/** No command is longer, in any wording. */
const longestCommand = 60;

/** Empty, which no wording is, for what is too long to be one. */
function foldCommand(text: string): string {
  return text.length > longestCommand ? '' : foldWords(text).replace(/(?<=.)[.!?。！？]+$/, '');
}

/** What is meant by each wording, folded. */
interface Wordings {
  readonly commands: ReadonlyMap<string, Command>;
  readonly guides: ReadonlyMap<string, Guide>;
}

const ready = new WeakMap<Knowledge, Wordings>();

function wordingsOf(knowledge: Knowledge): Wordings {
  const wordings = ready.get(knowledge) ?? {
    commands: byWording(commands, (command) => knowledge.words.commands[command]),
    guides: byWording(guides, (guide) => knowledge.guides[guide].words),
  };
  ready.set(knowledge, wordings);
  return wordings;
}

/** Of two with the same wording the first counts. */
function byWording<Name>(
  names: readonly Name[],
  wordingsOfName: (name: Name) => readonly string[],
): ReadonlyMap<string, Name> {
  return new Map(
    names.toReversed().flatMap((name) => wordingsOfName(name).map((wording) => [foldWords(wording), name] as const)),
  );
}
