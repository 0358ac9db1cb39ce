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
  const flows = offered.map(({ flow }): Button => {
    const address = writeStartAddress({ kind: 'start', subject: flow, facts: [] });
    return { label: words.texts.flows.get(flow)?.button ?? flow, address, style: 'plain' };
  });
  return [...flows, languageButton(words, 'menu', [])];
}

function languageButton(words: Words, subject: string, facts: readonly Told[]): Button {
  return words.button('other-language', writeStartAddress({ kind: otherLocale(words.locale), subject, facts }));
}
