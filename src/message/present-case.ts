import type { Conversation } from '../conversation/conversation.ts';
import type { Answered, Effect } from '../conversation/effect.ts';
import type { Origin } from '../conversation/fact.ts';
import { caseNumber } from '../handoff/case-number.ts';
import { fill } from '../text/sentence.ts';
import type { Block } from './message.ts';
import type { Words } from './phrases.ts';
import { problemOf, triedLine } from './tried.ts';

/** What is marked: an answer needs no mark. */
const originPhrase = {
  read: 'origin-read',
  'from-code': 'origin-code',
  inferred: 'origin-computed',
} as const satisfies Record<Exclude<Origin, 'said'>, string>;

/** Names the desk, how it is reached and what it wants, and gives the complete case as text to copy. */
export function presentCase(
  words: Words,
  conversation: Conversation,
  effect: Extract<Effect, { kind: 'hand-over' }>,
): readonly Block[] {
  const desk = words.texts.desks[effect.desk];
  return [
    { kind: 'heading', spans: words.say('person-title') },
    { kind: 'paragraph', spans: words.say('person-desk', { desk: fill(desk.name) }) },
    { kind: 'paragraph', spans: fill(desk.reach) },
    { kind: 'paragraph', spans: fill(desk.bring) },
    { kind: 'paragraph', spans: words.say('person-copy') },
    { kind: 'code', text: caseText(words, conversation, effect) },
  ];
}

/** The case as plain lines: the problem, what is known and from where, what was tried, what is unknown. */
function caseText(
  words: Words,
  conversation: Conversation,
  { known, code, flow, tried }: Extract<Effect, { kind: 'hand-over' }>,
): string {
  const certain = known.filter(({ value }) => value !== 'unsure');
  const unknown = known.filter(({ value }) => value === 'unsure');
  return [
    words.label('case-title', { number: caseNumber(conversation.id) }),
    words.label('case-problem', { problem: problemOf(words, code, flow) }),
    ...section(
      words,
      'case-facts',
      certain.map((answered) => factLine(words, answered)),
    ),
    ...section(
      words,
      'case-tried',
      tried.map((round) => `- ${triedLine(words, round)}`),
    ),
    ...section(
      words,
      'case-unknown',
      unknown.map(({ question }) => `- ${words.questionName(question)}`),
    ),
    '',
    words.label('case-no-secrets'),
  ].join('\n');
}

function section(
  words: Words,
  heading: 'case-facts' | 'case-tried' | 'case-unknown',
  lines: readonly string[],
): readonly string[] {
  return lines.length === 0 ? [] : ['', words.label(heading), ...lines];
}

function factLine(words: Words, { question, value, origin }: Answered): string {
  const line = `- ${words.questionName(question)}: ${words.value(question, value)}`;
  return origin === 'said' ? line : `${line} (${words.label(originPhrase[origin])})`;
}
