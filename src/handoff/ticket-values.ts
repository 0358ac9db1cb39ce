import type { Knowledge } from '../knowledge/knowledge.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import type { Phrase } from '../knowledge/schema/phrases.ts';
import { type ComputedValue, camelCase } from '../knowledge/ticket-values.ts';
import type { Locale } from '../text/locale.ts';
import { fill, type Sentence, type Values } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import { ruledOut, titleOf, unknownsOf } from './build-case-file.ts';
import { type Case, certain, factsOfCase, type KnownFact } from './case.ts';
import { caseNumber } from './case-number.ts';
import { localTime } from './local-time.ts';
import { severityOf } from './severity.ts';
import type { TicketFile } from './ticket.ts';

const originPhrase = {
  said: 'origin-said',
  read: 'origin-read',
  'from-code': 'origin-code',
  inferred: 'origin-computed',
} as const satisfies Record<KnownFact['origin'], Phrase>;

/** A sentence with its placeholders filled, as plain text. */
export function say(sentence: Sentence, values: Values): string {
  return spansToText(fill(sentence, values));
}

/** What the placeholders of a ticket stand for, in the desk's language; a value that is not known is absent. */
export function ticketValues(
  knowledge: Knowledge,
  item: Case,
  locale: Locale,
  title: string | null,
  files: readonly TicketFile[],
): Readonly<Record<string, string>> {
  const given = { ...factValues(knowledge, item, locale), ...detailValues(knowledge, item, locale) };
  return { ...given, ...present(computed(knowledge, item, locale, title, files, given)) };
}

type Given = Readonly<Record<string, string>>;

function present(values: Readonly<Record<string, string | undefined>>): Given {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function factValues(knowledge: Knowledge, item: Case, locale: Locale): Given {
  const facts = [...factsOfCase(knowledge, item).values()].filter(({ value }) => value !== unsure);
  return Object.fromEntries(
    facts.map(({ question, value }) => [camelCase(question), factWords(knowledge, locale, question, value)]),
  );
}

function detailValues({ tickets, texts }: Knowledge, { details }: Case, locale: Locale): Given {
  const said = tickets.fields.flatMap(({ id, choices }): readonly (readonly [string, string])[] => {
    const value = details[id]?.value;
    if (value == null) return [];
    return [
      [camelCase(id), choices === undefined ? value : (texts[locale].tickets.fields[id]?.choices?.[value] ?? value)],
    ];
  });
  return Object.fromEntries(said);
}

function computed(
  knowledge: Knowledge,
  item: Case,
  locale: Locale,
  title: string | null,
  files: readonly TicketFile[],
  given: Given,
): Readonly<Record<ComputedValue, string | undefined>> {
  const { tickets } = knowledge.texts[locale];
  const list = (entries: readonly string[]) => entries.join(tickets.list);
  const product = productOf(knowledge, item, locale);
  const ask = tickets.asks[item.details.ask?.value ?? ''];
  const values = { ...given, ...present({ product: product?.long }) };
  return {
    number: caseNumber(item.conversation.id),
    severity: String(severityOf(knowledge, item)),
    product: product?.long,
    productShort: product?.short,
    codeTitle: title ?? undefined,
    askShort: ask && (whole(ask.short, values) ?? given.ask),
    askRequest: ask && (whole(ask.request, values) ?? given.ask),
    senderName: item.sender.name,
    timeZone: item.sender.timeZone,
    opened: localTime(item.conversation.openedAt, item.sender.timeZone),
    tried: list(triedLines(knowledge, item, locale)),
    ruledOut: list(
      ruledOut(knowledge, item).map(
        ({ question, value }) =>
          `${nameOf(knowledge, locale, question)}: ${factWords(knowledge, locale, question, value)}`,
      ),
    ),
    notKnown: list(
      unknownsOf(knowledge, item).map(({ field, why }) =>
        say(tickets.entries.unknown, { name: nameOf(knowledge, locale, field), why: why ?? tickets.unexplained }),
      ),
    ),
    alsoKnown: list(alsoKnown(knowledge, item, locale)),
    leftOut:
      item.withoutTranscript && item.transcript.length > 0 ? say(tickets.entries['no-transcript'], {}) : undefined,
    files: list(files.map(({ name }) => say(tickets.entries.file, { name }))),
  };
}

/** A sentence, or undefined where one of its placeholders has no value. */
export function whole(sentence: Sentence, values: Readonly<Record<string, string | undefined>>): string | undefined {
  return sentence.placeholders.every((name) => values[name] !== undefined) ? say(sentence, present(values)) : undefined;
}

function productOf(
  knowledge: Knowledge,
  item: Case,
  locale: Locale,
): { readonly long: string; readonly short: string } | undefined {
  const facts = factsOfCase(knowledge, item);
  const release = knowledge.editions.releases.find(({ id }) => id === certain(facts, 'installed-version'));
  const id = certain(facts, 'installed-edition');
  const edition = id === undefined ? '' : ` ${factWords(knowledge, locale, 'installed-edition', id)}`;
  return release === undefined
    ? undefined
    : { long: `Windows Server ${release.label}${edition}`, short: `WS${release.label.replace(' ', '')}${edition}` };
}

function triedLines(knowledge: Knowledge, item: Case, locale: Locale): readonly string[] {
  const { interface: phrases, tickets } = knowledge.texts[locale];
  const time = (at: string) => localTime(at, item.sender.timeZone);
  const rounds = item.conversation.closedRounds
    .filter(({ result }) => result !== 'started-over')
    .map(({ flow, code, outcome, result, closedAt }) => ({
      at: closedAt,
      line: say(tickets.entries.tried, {
        time: time(closedAt),
        what:
          titleOf(knowledge, locale, flow, outcome) ?? code ?? knowledge.texts[locale].flows.get(flow)?.title ?? flow,
        result: say(phrases[`result-${result}`], {}),
      }),
    }));
  const facts = factsOfCase(knowledge, item);
  const attempts = knowledge.tickets.attempts.flatMap((question) => {
    const fact = facts.get(question);
    if (fact === undefined || fact.value === unsure) return [];
    const what = nameOf(knowledge, locale, question);
    return [
      {
        at: fact.at,
        line: say(tickets.entries.attempt, {
          time: time(fact.at),
          what,
          result: factWords(knowledge, locale, question, fact.value),
        }),
      },
    ];
  });
  return [...rounds, ...attempts].toSorted((one, other) => one.at.localeCompare(other.at)).map(({ line }) => line);
}

/** Facts that no sentence of the ticket names. */
function alsoKnown(knowledge: Knowledge, item: Case, locale: Locale): readonly string[] {
  const { interface: phrases, tickets } = knowledge.texts[locale];
  const placed = new Set(
    [...tickets.head, ...tickets.sections].flatMap(({ parts }) => parts.flatMap(({ placeholders }) => placeholders)),
  );
  const listed = new Set([
    ...knowledge.tickets.attempts,
    ...ruledOut(knowledge, item).map(({ question }) => question),
    'installed-version',
    'installed-edition',
  ]);
  return [...factsOfCase(knowledge, item).values()]
    .filter(({ question, value }) => value !== unsure && !listed.has(question) && !placed.has(camelCase(question)))
    .map(({ question, value, origin }) =>
      say(tickets.entries.fact, {
        name: nameOf(knowledge, locale, question),
        value: factWords(knowledge, locale, question, value),
        origin: say(phrases[originPhrase[origin]], {}),
      }),
    );
}

/** What a field or a question is called. */
export function nameOf({ texts }: Knowledge, locale: Locale, id: string): string {
  return texts[locale].tickets.fields[id]?.label ?? texts[locale].questions[id]?.name ?? id;
}

export function factWords({ texts }: Knowledge, locale: Locale, question: string, value: string | number): string {
  return texts[locale].questions[question]?.choices?.[String(value)] ?? String(value);
}
