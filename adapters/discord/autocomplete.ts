import type { APIApplicationCommandOptionChoice, AutocompleteInteraction } from 'discord.js';
import { guideSubject } from '../../src/conversation/answer.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { guides } from '../../src/knowledge/schema/guides.ts';
import { writeStartAddress } from '../../src/message/address.ts';
import { Words } from '../../src/message/phrases.ts';
import { foldWords } from '../../src/reading/phrase.ts';
import type { Locale } from '../../src/text/locale.ts';
import { fill } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import { type IntakeParts, languagesOf, originOf } from './intake.ts';
import { limits } from './limits.ts';
import { shorten } from './render-buttons.ts';

type Choice = APIApplicationCommandOptionChoice<string>;

/** Something a person may mean, and the words it is found by. */
interface Candidate {
  readonly choice: Choice;
  readonly folded: string;
  /** The digits of a code, without `0x`. */
  readonly digits?: string;
  /** What is offered before anything is typed. */
  readonly first: boolean;
}

/** What is being typed after `/licence`, completed from the knowledge alone. A choice is an offer: any text may be sent. */
export async function takeTyping(parts: IntakeParts, interaction: AutocompleteInteraction): Promise<void> {
  const { locale } = await originOf(parts, interaction, languagesOf(interaction));
  const choices = suggest(candidatesOf(parts.knowledge(), locale), interaction.options.getFocused());
  try {
    await interaction.respond(choices);
  } catch (error) {
    parts.log.info({ interaction: interaction.id, reason: String(error) }, 'discord: choices were not taken');
  }
}

/** The best 25: codes that begin with what was typed, then titles that do, then those that hold its words or digits. */
export function suggest(candidates: readonly Candidate[], typed: string): Choice[] {
  const folded = foldWords(typed).trim();
  const ranked = candidates.map((candidate) => ({ candidate, rank: rankOf(candidate, folded) }));
  return ranked
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, limits.autocompleteChoices)
    .map(({ candidate }) => candidate.choice);
}

function rankOf({ folded, digits, first }: Candidate, typed: string): number {
  if (typed === '' || typed === '0x') return first ? 1 : 0;
  const hex = typed.replace(/^0x/, '');
  if (digits?.startsWith(hex) === true) return 5;
  if (folded.startsWith(typed)) return 4;
  if (hex.length > 2 && digits?.endsWith(hex) === true) return 3;
  if (folded.includes(typed)) return 2;
  return typed.split(' ').every((word) => folded.includes(word)) ? 1 : 0;
}

const lists = new WeakMap<Knowledge, Map<Locale, readonly Candidate[]>>();

/** Made once for each knowledge and language: it is asked for at every keystroke. */
export function candidatesOf(knowledge: Knowledge, locale: Locale): readonly Candidate[] {
  const known = lists.get(knowledge) ?? new Map<Locale, readonly Candidate[]>();
  lists.set(knowledge, known);
  const list = known.get(locale) ?? listCandidates(knowledge, locale);
  known.set(locale, list);
  return list;
}

function listCandidates(knowledge: Knowledge, locale: Locale): readonly Candidate[] {
  const words = new Words(knowledge, locale);
  const card = (subject: string) => writeStartAddress({ kind: locale, subject, facts: [] });
  const menu = candidate(words.label('menu-title'), card('menu'), { first: true });
  const asked = guides.map((guide) => {
    const title = spansToText(fill(words.texts.guides[guide].title));
    return candidate(`${guide} · ${title}`, card(guideSubject(guide)), { first: true });
  });
  const flows = [...words.texts.flows].map(([flow, { title }]) => candidate(title, card(flow), { first: true }));
  const symptoms = Object.entries(words.texts.symptoms).map(([id, { title }]) =>
    candidate(title, card(id), { first: false }),
  );
  const codes = [...knowledge.codes.values()].map(({ code, family }) => {
    const title = words.texts.errors.get(family)?.codes[code]?.title ?? '';
    return candidate(`${code} · ${title}`, code, { first: false, digits: code.slice(2).toLowerCase() });
  });
  return [menu, ...asked, ...flows, ...symptoms, ...codes];
}

function candidate(name: string, value: string, more: Pick<Candidate, 'first' | 'digits'>): Candidate {
  return { choice: { name: shorten(name, limits.choiceText), value }, folded: foldWords(name), ...more };
}
