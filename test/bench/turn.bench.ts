/**
 * What a turn costs beside XState 5: `node test/bench/turn.bench.ts`. Both read what is stored as JSON, take one step and write it
 * back, all the way through as many questions. Wanted: at least twice as many turns in the same time.
 */
import { createActor, initialTransition, type SnapshotFrom, setup, transition } from 'xstate';
import { parseConversation } from '../../src/conversation/conversation.ts';
import { takeTurn } from '../../src/conversation/turn.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { choose, conversationIn, promptOf, type Talk } from '../support/talk.ts';
import { coveringWays, type Way } from '../support/ways.ts';

const batches = 25;
const walksInBatch = 40;
const choicesAtEach = 6;
const knowledge = shippedKnowledge();

/** Of every flow the longest way that needs no typing; the longest three of them. */
function longestWays(): readonly Way[] {
  const pressed = [...knowledge.flows.values()].flatMap((flow) => {
    const ways = coveringWays(knowledge, flow).filter(isPressed);
    return ways.toSorted((a, b) => b.answers.length - a.answers.length).slice(0, 1);
  });
  return pressed.toSorted((a, b) => b.answers.length - a.answers.length).slice(0, 3);
}

function isPressed({ known, answers }: Way): boolean {
  const asksChoice = (values: Way['known']) => {
    const [question = '', ...others] = Object.keys(values);
    return others.length === 0 && knowledge.questions.get(question)?.asks === 'choice';
  };
  return Object.keys(known).length === 0 && answers.every(({ values }) => asksChoice(values));
}

/** What is asked after each other: the conversation before the first answer, and the answers as events. */
function play({ flow, answers }: Way): Talk {
  return answers.reduce((talk, { values }) => {
    const next = choose(talk, String(Object.values(values)[0]));
    if (next.refusal !== undefined) throw new Error(`${promptOf(talk)} refused an answer`);
    return next;
  }, conversationIn(flow));
}

function ourWalk(flow: string, events: Talk['events']): () => void {
  const start = JSON.stringify(conversationIn(flow).conversation);
  return () => {
    let stored = start;
    for (const event of events) {
      const decision = takeTurn(knowledge, parseConversation(JSON.parse(stored)), event);
      if (decision.kind !== 'turn') throw new Error('a turn was refused');
      stored = JSON.stringify(decision.conversation);
    }
  };
}

interface Facts {
  readonly facts: readonly object[];
}

interface Pressed {
  readonly type: 'chose';
  readonly choice: string;
  readonly by: string;
  readonly at: string;
}

/** As many questions after each other, each with its choices as guarded routes; the answers are kept in the context as facts. */
function machineOf(steps: number) {
  const made = setup({ types: { context: {} as Facts, events: {} as Pressed } });
  const routes = (step: number) =>
    Array.from({ length: choicesAtEach }, (_, choice) => ({
      guard: ({ event }: { event: Pressed }) => event.choice === `c${choice}`,
      target: `s${step + 1}`,
      actions: made.assign({
        facts: ({ context: { facts }, event: { choice: value, by, at } }) => [
          ...facts,
          { question: `s${step}`, value, origin: 'said', turn: step, by, at },
        ],
      }),
    }));
  const states = Array.from({ length: steps }, (_, step) => [`s${step}`, { on: { chose: routes(step) } }] as const);
  return made.createMachine({
    id: 'flow',
    initial: 's0',
    context: { facts: [] },
    states: { ...Object.fromEntries(states), [`s${steps}`]: { type: 'final' } },
  });
}

type Machine = ReturnType<typeof machineOf>;
type Restore = (machine: Machine, stored: string) => SnapshotFrom<Machine>;

/** The documented way, and the least that does it. */
const restores: Readonly<Record<string, Restore>> = {
  'an actor': (machine, stored) => createActor(machine, { snapshot: JSON.parse(stored) }).getSnapshot(),
  resolveState: (machine, stored) => machine.resolveState(JSON.parse(stored)),
};

function theirWalk(steps: number, restore: Restore): () => void {
  const machine = machineOf(steps);
  const [initial] = initialTransition(machine);
  const start = JSON.stringify(machine.getPersistedSnapshot(initial));
  const events = Array.from({ length: steps }, (_, step): Pressed => {
    const choice = `c${step % choicesAtEach}`;
    return { type: 'chose', choice, by: 'requester', at: '2026-11-22T05:00:00.000Z' };
  });
  return () => {
    let stored = start;
    for (const event of events) {
      const [next] = transition(machine, restore(machine, stored), event);
      stored = JSON.stringify(machine.getPersistedSnapshot(next));
    }
    if (JSON.parse(stored).status !== 'done') throw new Error('the machine did not come to its end');
  };
}

/** The fastest batch counts: whatever else the machine does only slows one down. */
function microsecondsPerTurn(walks: readonly (() => void)[], steps: number): readonly number[] {
  const best = walks.map(() => Number.POSITIVE_INFINITY);
  for (let batch = 0; batch < batches; batch += 1) {
    for (const [index, walk] of walks.entries()) {
      const begun = performance.now();
      for (let count = 0; count < walksInBatch; count += 1) walk();
      best[index] = Math.min(best[index] ?? 0, performance.now() - begun);
    }
  }
  return best.map((milliseconds) => (milliseconds * 1_000) / walksInBatch / steps);
}

for (const way of longestWays()) {
  const steps = way.answers.length;
  const { events } = play(way);
  const [ours = 0, ...theirs] = microsecondsPerTurn(
    [ourWalk(way.flow, events.slice(1)), ...Object.values(restores).map((restore) => theirWalk(steps, restore))],
    steps,
  );
  console.log(`${way.flow}, ${steps} questions: ${ours.toFixed(1)} µs a turn`);
  for (const [index, how] of Object.keys(restores).entries()) {
    const each = theirs[index] ?? 0;
    console.log(`  ${(each / ours).toFixed(2)} × as many turns as XState restored by ${how} (${each.toFixed(1)} µs)`);
  }
}
