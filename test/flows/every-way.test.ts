import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../src/text/locale.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { faultsOf } from '../support/message-faults.ts';
import { choose, conversationIn, fillIn, messagesOf, promptOf, type Talk, walkOf } from '../support/talk.ts';
import { type Answer, coveringWays, edgesOf, type Way } from '../support/ways.ts';

const knowledge = shippedKnowledge();

/** Answers every step of a way, looks at each message, and gives the conversation where it ends. */
function play(way: Way, locale: Locale): Talk {
  let talk = conversationIn(way.flow, way.known, { locale });
  for (const answer of way.answers) {
    expect(messagesOf(talk).flatMap(faultsOf)).toEqual([]);
    expect(promptOf(talk)).toBe(answer.step);
    talk = give(talk, answer);
  }
  return talk;
}

/** As a person does: a choice and "I don't know" by their buttons, everything else by the form. */
function give(talk: Talk, { values }: Answer): Talk {
  const texts = Object.entries(values).map(([id, value]) => [id, String(value)] as const);
  const [[id, text] = ['', ''], ...more] = texts;
  const isButton = more.length === 0 && (text === 'unsure' || knowledge.questions.get(id)?.asks === 'choice');
  return isButton ? choose(talk, text) : fillIn(talk, Object.fromEntries(texts));
}

function nameOf(way: Way): string {
  const before = Object.values(way.known).map((value) => `knowing ${value}`);
  const said = way.answers.map(({ step, values }) => `${step} ${Object.values(values).join('/')}`);
  return `${[...before, ...said].join(', ')} → ${way.outcome}`;
}

describe.each([...knowledge.flows.values()].map((flow) => [flow.flow, flow] as const))('flow %s', (_name, flow) => {
  const ways = coveringWays(knowledge, flow);

  test('has no route and no outcome that is not walked', () => {
    const { routes, outcomes } = edgesOf(flow);
    const walked = new Set(ways.flatMap((way) => way.edges));
    const reached = new Set(ways.map((way) => way.outcome));
    expect(routes.filter((route) => !walked.has(route))).toEqual([]);
    expect(outcomes.filter((outcome) => !reached.has(outcome))).toEqual([]);
  });

  describe.each(locales)('in %s', (locale) => {
    test.each(ways.map((way) => [nameOf(way), way] as const))('%s', (_, way) => {
      const talk = play(way, locale);
      const { position } = walkOf(talk);
      expect(`${position.flow}/${position.kind === 'outcome' ? position.outcome.id : position.step}`).toBe(way.outcome);
      expect(talk.effects.at(-1)).toMatchObject({ kind: 'conclude', flow: position.flow });
      expect(messagesOf(talk).flatMap(faultsOf)).toEqual([]);
    });
  });
});
