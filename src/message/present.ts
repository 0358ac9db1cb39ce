import type { Conversation } from '../conversation/conversation.ts';
import type { Answered, Effect, Refusal } from '../conversation/effect.ts';
import type { Progress } from '../conversation/walk.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Phrase } from '../knowledge/schema/phrases.ts';
import { readableQuestions } from '../reading/output-facts.ts';
import { otherLocale } from '../text/locale.ts';
import { fill } from '../text/sentence.ts';
import { plain } from '../text/span.ts';
import { writeAddress } from './address.ts';
import { list, paragraph } from './blocks.ts';
import type { Block, Button, Message } from './message.ts';
import { Words } from './phrases.ts';
import { presentAnswer } from './present-answer.ts';
import { presentCase } from './present-case.ts';
import { presentOutcome } from './present-outcome.ts';
import { secretBlocks } from './present-secrets.ts';
import { triedLine } from './tried.ts';

/** A summary shows the newest rounds, so that it stays one message. */
const mostRounds = 10;

/** Turns an effect into the message that is posted for it, in the conversation's language. Pure. */
export function present(knowledge: Knowledge, conversation: Conversation, effect: Effect): Message {
  const presenter = new Presenter(knowledge, conversation);
  switch (effect.kind) {
    case 'open':
      return presenter.open(effect);
    case 'ask':
      return presenter.ask(effect);
    case 'settle':
      return presenter.settle(effect);
    case 'conclude':
      return presenter.conclude(effect);
    case 'confirm-change':
      return presenter.confirmChange(effect);
    case 'contradict':
      return presenter.contradict(effect);
    case 'summarise':
      return presenter.summarise(effect);
    case 'acknowledge':
      return presenter.acknowledge(effect);
    case 'answer':
      return presentAnswer(knowledge, conversation.locale, effect.answer);
    case 'hand-over':
      return presenter.handOver(effect);
    case 'say':
      return presenter.message([{ kind: 'paragraph', spans: presenter.words.say(effect.phrase) }]);
    case 'close':
      return presenter.message([]);
    default:
      return effect satisfies never;
  }
}

const refusalPhrases = {
  'not-yours': 'not-yours',
  'unknown-step': 'old-press',
  'not-open': 'erased',
  'no-guests': 'no-guests',
  'already-claimed': 'already-claimed',
} as const satisfies Record<Refusal, Phrase>;

/** What the actor alone is told when an event changes nothing. */
export function presentRefusal(knowledge: Knowledge, locale: Conversation['locale'], refusal: Refusal): Message {
  const phrase = refusalPhrases[refusal];
  return { locale, blocks: [{ kind: 'paragraph', spans: new Words(knowledge, locale).say(phrase) }] };
}

type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

class Presenter {
  readonly words: Words;
  readonly #conversation: Conversation;

  constructor(knowledge: Knowledge, conversation: Conversation) {
    this.words = new Words(knowledge, conversation.locale);
    this.#conversation = conversation;
  }

  message(blocks: readonly Block[], buttons: Pick<Message, 'choices' | 'actions'> = {}): Message {
    return { locale: this.#conversation.locale, blocks, ...buttons };
  }

  open({ flow, code, known }: EffectOf<'open'>): Message {
    const title = this.words.texts.flows.get(flow)?.title ?? flow;
    const heading = code === null ? title : `${code} · ${title}`;
    return this.message(
      [
        { kind: 'heading', spans: plain(heading) },
        { kind: 'paragraph', spans: this.words.say('opened') },
        ...this.#fields(known),
      ],
      {
        actions: [
          this.#nav('summary', 'summary'),
          this.#nav('start-over', 'start-over'),
          this.#others(),
          this.#language(),
        ],
      },
    );
  }

  ask({ step, questions, progress }: EffectOf<'ask'>): Message {
    const blocks: Block[] = [];
    for (const question of questions) {
      const text = this.words.texts.questions[question];
      if (text === undefined) continue;
      blocks.push({ kind: 'paragraph', spans: fill(text.ask) });
      if (text.how !== undefined) blocks.push({ kind: 'note', spans: fill(text.how) });
    }
    blocks.push({
      kind: 'note',
      spans: this.words.say('progress', {
        number: progress.answered + 1,
        total: Math.max(progress.total, progress.answered + 1),
      }),
    });
    return this.message(blocks, {
      choices: this.#choices(step, questions),
      actions: this.#promptActions(step, questions),
    });
  }

  /** One choice question becomes buttons; anything else opens a form. */
  #choices(step: string, questions: readonly string[]): readonly Button[] {
    const [id = '', ...more] = questions;
    const choices = this.words.knowledge.questions.get(id)?.choices;
    if (more.length > 0 || choices === undefined) {
      return [this.words.button('answer-form', this.#address(step, 'form'), { style: 'primary', opens: 'form' })];
    }
    return choices.map((choice) => ({
      label: this.words.value(id, choice),
      address: this.#address(step, choice),
      style: 'plain',
    }));
  }

  #promptActions(step: string, questions: readonly string[]): readonly Button[] {
    const needsWords = questions.some((question) => this.words.knowledge.questions.get(question)?.asks === 'text');
    const readable = questions.some((question) => readableQuestions.includes(question));
    return [
      ...(needsWords ? [] : [this.words.button('unsure', this.#address(step, 'unsure'))]),
      ...(readable ? [this.words.button('paste-output', this.#address(step, 'paste'), { opens: 'paste' })] : []),
      this.#nav('back', 'back'),
      this.#nav('person', 'person'),
    ];
  }

  settle({ step, questions, values }: EffectOf<'settle'>): Message {
    const [first = ''] = questions;
    const ask = this.words.texts.questions[first]?.ask;
    const asked: Block = { kind: 'paragraph', spans: ask === undefined ? plain(first) : fill(ask) };
    if (values === null) return this.message([asked, { kind: 'note', spans: this.words.say('went-back') }]);
    const lines = Object.entries(values).map(([question, value]): Block => {
      const answer = this.words.value(question, value);
      const text = questions.length === 1 ? answer : `${this.words.questionName(question)}: ${answer}`;
      return { kind: 'paragraph', spans: this.words.say('answered', { answer: text }) };
    });
    return this.message([asked, ...lines], { actions: [this.words.button('change', this.#address('edit', step))] });
  }

  conclude({ flow, outcome, triedBefore, known }: EffectOf<'conclude'>): Message {
    const blocks = presentOutcome(this.words, flow, outcome, known);
    const person = this.#nav('person', 'person', outcome.ends === 'desk' || triedBefore ? 'primary' : 'plain');
    const note: Block[] = triedBefore ? [{ kind: 'note', spans: this.words.say('tried-before') }] : [];
    if (outcome.ends === 'answer')
      return this.message([...blocks, ...note], { actions: [person, this.#nav('back', 'back')] });
    const choices = [
      this.words.button('fixed', this.#address('round', 'fixed'), {
        style: triedBefore || outcome.ends === 'desk' ? 'plain' : 'primary',
      }),
      this.words.button('still-failing', this.#address('round', 'failing')),
      this.words.button('another-code', this.#address('round', 'another')),
    ];
    const asks: Block = { kind: 'paragraph', spans: this.words.say('how-did-it-go') };
    return this.message([...blocks, ...note, asks], {
      choices,
      actions: [person, this.#nav('back', 'back')],
    });
  }

  confirmChange({ losing }: EffectOf<'confirm-change'>): Message {
    return this.message([{ kind: 'paragraph', spans: this.words.say('would-fall-away') }, ...this.#fields(losing)], {
      choices: this.#yesOrKeep(),
    });
  }

  contradict({ conflicts }: EffectOf<'contradict'>): Message {
    const lines = conflicts.map(
      ({ question, said, read }): Block => ({
        kind: 'paragraph',
        spans: this.words.say('contradiction', {
          name: this.words.questionName(question),
          said: this.words.value(question, said),
          read: this.words.value(question, read),
        }),
      }),
    );
    return this.message(lines, { choices: this.#yesOrKeep() });
  }

  summarise({ known, tried, progress }: EffectOf<'summarise'>): Message {
    const fields =
      known.length === 0 && tried.length === 0 ? [paragraph(this.words.say('summary-empty'))] : this.#fields(known);
    const rounds = tried.slice(-mostRounds).map((round) => plain(triedLine(this.words, round)));
    const before = rounds.length === 0 ? [] : [paragraph(this.words.say('case-tried')), list(rounds)];
    const note: Block[] = progress === null ? [] : [{ kind: 'note', spans: this.#progress(progress) }];
    return this.message([{ kind: 'heading', spans: this.words.say('summary-title') }, ...fields, ...before, ...note], {
      actions: [this.#nav('stands-here', 'stand'), this.#nav('start-over', 'start-over'), this.#language()],
    });
  }

  acknowledge({ read, secretsRemoved }: EffectOf<'acknowledge'>): Message {
    const known: Block[] =
      read.length === 0 ? [] : [{ kind: 'paragraph', spans: this.words.say('i-read') }, ...this.#fields(read)];
    return this.message([...known, ...secretBlocks(this.words, secretsRemoved)], {
      actions: read.slice(0, 1).map(({ step }) => this.words.button('change', this.#address('edit', step))),
    });
  }

  handOver(effect: EffectOf<'hand-over'>): Message {
    return this.message(presentCase(this.words, this.#conversation, effect), {
      actions: [this.#nav('stands-here', 'stand')],
    });
  }

  #yesOrKeep(): readonly Button[] {
    return [
      this.words.button('yes-change', this.#address('change', 'yes'), { style: 'primary' }),
      this.words.button('keep', this.#address('change', 'keep')),
    ];
  }

  #fields(answered: readonly Answered[]): readonly Block[] {
    if (answered.length === 0) return [];
    const fields = answered.map(({ question, value }) => ({
      name: this.words.questionName(question),
      value: plain(this.words.value(question, value)),
    }));
    return [{ kind: 'fields', fields }];
  }

  #progress({ answered, total }: Progress) {
    return this.words.say('progress', { number: answered + 1, total: Math.max(total, answered + 1) });
  }

  #address(step: string, choice: string): string {
    return writeAddress({ conversation: this.#conversation.id, turn: this.#conversation.turn, step, choice });
  }

  #nav(
    phrase: 'back' | 'person' | 'summary' | 'start-over' | 'stands-here' | 'let-others-answer' | 'only-me',
    choice: string,
    style: Button['style'] = 'plain',
  ): Button {
    return this.words.button(phrase, this.#address('nav', choice), { style });
  }

  #others(): Button {
    return this.#conversation.others ? this.#nav('only-me', 'only-me') : this.#nav('let-others-answer', 'others');
  }

  #language(): Button {
    return this.words.button('other-language', this.#address('nav', otherLocale(this.#conversation.locale)));
  }
}
