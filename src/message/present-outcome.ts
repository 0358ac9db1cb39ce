import type { Answered } from '../conversation/effect.ts';
import type { Outcome } from '../conversation/walk.ts';
import { fill, type Value, type Values } from '../text/sentence.ts';
import type { Block } from './message.ts';
import type { Words } from './phrases.ts';
import { presentVerdict } from './present-verdict.ts';
import { sourcesOf } from './sources-of.ts';

/** Where a flow ended: what to do in order, or the verdict of the rule, or the desk; with its sources. */
export function presentOutcome(
  words: Words,
  flow: string,
  outcome: Outcome,
  known: readonly Answered[],
): readonly Block[] {
  const texts = words.texts.flows.get(flow)?.outcomes[outcome.id];
  if (texts === undefined) return [];
  const values = outcomeValues(words, known);
  const verdict = outcome.shown === null ? [] : presentVerdict(words, outcome.shown);
  const says = verdict[0]?.kind === 'heading' ? [] : [{ kind: 'heading', spans: fill(texts.title, values) } as const];
  const blocks: Block[] = [...says, ...verdict];
  if (texts.says !== undefined) blocks.push({ kind: 'paragraph', spans: fill(texts.says, values) });
  if (texts.steps !== undefined)
    blocks.push({ kind: 'list', ordered: true, items: texts.steps.map((step) => fill(step, values)) });
  if (texts.note !== undefined) blocks.push({ kind: 'paragraph', spans: fill(texts.note, values) });
  if (outcome.ends === 'desk' && outcome.desk !== 'none') {
    const desk = words.texts.desks[outcome.desk];
    blocks.push({ kind: 'paragraph', spans: words.say('person-desk', { desk: fill(desk.name) }) });
    blocks.push({ kind: 'paragraph', spans: fill(desk.reach) });
  }
  if (verdict.length === 0) blocks.push({ kind: 'note', spans: sourcesOf(words, outcome.sources) });
  return blocks;
}

/** What fills an outcome's sentences: each fact in words under its question's name in camel case. */
function outcomeValues(words: Words, known: readonly Answered[]): Values {
  const values: Record<string, Value> = {};
  for (const { question, value } of known) values[camelCase(question)] = words.value(question, value);
  return { ...values, clientKey: clientKey(words, known) };
}

/** The published client key of the installed version and the bought edition; the words for it where one is not known. */
function clientKey(words: Words, known: readonly Answered[]): Value {
  const fact = (name: string) => known.find(({ question }) => question === name)?.value;
  const [version, edition] = [fact('installed-version'), fact('bought-edition')];
  const key = words.knowledge.editions.keys.find(({ id }) => id === `gvlk-${version}-${edition}`);
  return key === undefined ? words.say('client-key-unknown') : [{ kind: 'key', id: key.id }];
}

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
