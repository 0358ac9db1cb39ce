import { guideSubject } from '../conversation/answer.ts';
import type { Guide } from '../knowledge/schema/guides.ts';
import type { Told } from '../reading/understand.ts';
import { otherLocale } from '../text/locale.ts';
import { writeStartAddress } from './address.ts';
import type { Button } from './message.ts';
import type { Words } from './phrases.ts';

/** The buttons under a card. They carry its subject and the facts read, so that nothing is stored for it. */
export function cardActions(words: Words, subject: string, facts: readonly Told[]): readonly Button[] {
  const address = (kind: 'start' | 'share' | 'person') => writeStartAddress({ kind, subject, facts });
  return [
    words.button('start', address('start'), { style: 'primary' }),
    words.button('share', address('share')),
    words.button('person', address('person')),
    languageButton(words, subject, facts),
  ];
}

/** The flows there are, and the other language. */
export function menuActions(words: Words): readonly Button[] {
  const offered = [...words.knowledge.flows.values()]
    .filter(({ menu }) => menu !== undefined)
    .toSorted((a, b) => (a.menu ?? 0) - (b.menu ?? 0));
  return [...offered.map(({ flow }) => flowButton(words, flow)), languageButton(words, 'menu', [])];
}

/** The flows a guide leads into, a person where it is about one, and the other language. */
export function guideActions(words: Words, guide: Guide): readonly Button[] {
  const { flows } = words.knowledge.guides[guide];
  const person = writeStartAddress({ kind: 'person', subject: flows[0] ?? '', facts: [] });
  return [
    ...(guide === 'handoff' ? [words.button('person', person, { style: 'primary' })] : []),
    ...flows.map((flow) => flowButton(words, flow)),
    languageButton(words, guideSubject(guide), []),
  ];
}

function flowButton(words: Words, flow: string): Button {
  const address = writeStartAddress({ kind: 'start', subject: flow, facts: [] });
  return { label: words.texts.flows.get(flow)?.button ?? flow, address, style: 'plain' };
}

function languageButton(words: Words, subject: string, facts: readonly Told[]): Button {
  return words.button('other-language', writeStartAddress({ kind: otherLocale(words.locale), subject, facts }));
}
