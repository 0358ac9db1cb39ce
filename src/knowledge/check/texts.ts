import type { Problem } from '../../errors.ts';
import { type Locale, locales } from '../../text/locale.ts';
import { codeOf, type Sentence } from '../../text/sentence.ts';
import type { Knowledge, Texts } from '../knowledge.ts';
import { buttonPhrases } from '../schema/phrases.ts';
import { buttonLimit } from '../schema/text.ts';
import type { ProblemAt } from './report.ts';

/** Every sentence in every language, none too many, with the same placeholders and commands in each. */
export function checkTexts(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  return [
    ...locales.flatMap((locale) => [
      ...checkButtons(knowledge.texts[locale], locale, at),
      ...checkPresence(knowledge, locale, at),
    ]),
    ...compareLanguages(knowledge, at),
  ];
}

function checkButtons(texts: Texts, locale: Locale, at: ProblemAt): readonly Problem[] {
  return buttonPhrases.flatMap((phrase) => {
    const length = texts.interface[phrase].pieces.flatMap((piece) => piece.parts).join('').length;
    return length > buttonLimit
      ? [at(`text/${locale}/interface.yaml`, [phrase], `a button holds ${buttonLimit} characters: shorten it`)]
      : [];
  });
}

/** What the structure names and the language lacks, and the other way round. */
function checkPresence(knowledge: Knowledge, locale: Locale, at: ProblemAt): readonly Problem[] {
  const texts = knowledge.texts[locale];
  const problems: Problem[] = [];
  const compare = (file: string, path: readonly PropertyKey[], wanted: Iterable<string>, given: object | undefined) => {
    const names = new Set(wanted);
    const present = new Set(Object.keys(given ?? {}));
    for (const name of names)
      if (!present.has(name)) problems.push(at(file, path, `the sentences of ${name} are missing: write them`));
    for (const name of present)
      if (!names.has(name))
        problems.push(at(file, [...path, name], 'nothing has this name: correct it or remove the sentences'));
  };
  const folder = `text/${locale}`;
  compare(`${folder}/questions.yaml`, [], knowledge.questions.keys(), texts.questions);
  for (const question of knowledge.questions.values())
    compare(
      `${folder}/questions.yaml`,
      [question.id, 'choices'],
      question.choices ?? [],
      texts.questions[question.id]?.choices,
    );
  compare(`${folder}/flows`, [], knowledge.flows.keys(), Object.fromEntries(texts.flows));
  for (const flow of knowledge.flows.values())
    compare(
      `${folder}/flows/${flow.flow}.yaml`,
      ['outcomes'],
      Object.keys(flow.outcomes),
      texts.flows.get(flow.flow)?.outcomes,
    );
  compare(`${folder}/rules.yaml`, ['rules'], knowledge.rules.keys(), texts.rules.rules);
  compare(`${folder}/symptoms.yaml`, [], knowledge.symptoms.keys(), texts.symptoms);
  compare(
    `${folder}/refusals.yaml`,
    [],
    knowledge.refusals.requests.map(({ id }) => id),
    texts.refusals,
  );
  compare(
    `${folder}/products.yaml`,
    [],
    knowledge.products.products.map(({ id }) => id),
    texts.products,
  );
  const families = Map.groupBy(knowledge.codes.values(), (code) => code.family);
  compare(`${folder}/errors`, [], families.keys(), Object.fromEntries(texts.errors));
  for (const [family, codes] of families) {
    const file = `${folder}/errors/${family}.yaml`;
    const given = texts.errors.get(family)?.codes;
    compare(
      file,
      ['codes'],
      codes.map(({ code }) => code),
      given,
    );
    for (const { code, detail } of codes) {
      const own = given?.[code];
      if (detail === 'full' && own !== undefined && !(own.causes && own.check && own.fixes))
        problems.push(at(file, ['codes', code], 'a code in full detail has causes, check and fixes: write them'));
    }
  }
  return problems;
}

/** Walks both languages side by side: the same shape, placeholders and commands. */
function compareLanguages({ texts }: Knowledge, at: ProblemAt): readonly Problem[] {
  const problems: Problem[] = [];
  const [first, ...others] = locales;
  const compare = (file: string, path: readonly PropertyKey[], a: unknown, b: unknown): void => {
    if (isSentence(a) && isSentence(b)) {
      if (a.placeholders.toSorted().join() !== b.placeholders.toSorted().join())
        problems.push(
          at(
            file,
            path,
            `the placeholders differ from ${first}: ${a.placeholders.map((name) => `{${name}}`).join(' ') || 'none'} there`,
          ),
        );
      if (codeOf(a).toSorted().join('\n') !== codeOf(b).toSorted().join('\n'))
        problems.push(
          at(
            file,
            path,
            `the commands differ from ${first}: there ${
              codeOf(a)
                .map((code) => `\`${code}\``)
                .join(' ') || 'none'
            }`,
          ),
        );
      return;
    }
    if (typeof a !== 'object' || a === null) return;
    if (typeof b !== 'object' || b === null || (Array.isArray(a) && Array.isArray(b) && a.length !== b.length)) {
      problems.push(at(file, path, `this is not built as in ${first}: give the same sentences in the same number`));
      return;
    }
    for (const [key, value] of Object.entries(a))
      compare(file, [...path, key], value, (b as Record<string, unknown>)[key]);
  };
  for (const other of others) {
    for (const part of [
      'interface',
      'questions',
      'desks',
      'rules',
      'symptoms',
      'refusals',
      'products',
      'guides',
      'tickets',
    ] as const)
      compare(`text/${other}/${part}.yaml`, [], texts[first][part], texts[other][part]);
    for (const part of ['flows', 'errors'] as const) {
      for (const [name, file] of texts[first][part])
        compare(`text/${other}/${part}/${name}.yaml`, [], file, texts[other][part].get(name));
    }
  }
  return problems;
}

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'pieces' in value && 'placeholders' in value;
}
