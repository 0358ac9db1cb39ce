import { describe, expect, test } from 'vitest';
import { readGate } from '../../src/handoff/gate.ts';
import { renderTicket, subjectLimit } from '../../src/handoff/render-ticket.ts';
import { sealTicket } from '../../src/handoff/seal.ts';
import { locales } from '../../src/text/locale.ts';
import { completeCases, detailsOf, knowledge, makLimit } from '../support/cases.ts';

describe('the ticket of each desk in each language', () => {
  for (const [desk, item] of Object.entries(completeCases)) {
    for (const locale of locales) {
      test(`${desk}, ${locale}`, async () => {
        const ticket = renderTicket(knowledge, item, locale);
        await expect(`${ticket.subject}\n\n${ticket.body}`).toMatchFileSnapshot(`golden/${desk}.${locale}.golden.txt`);
        expect(readGate(knowledge, item)).toEqual({ missing: [], score: 100 });
        expect(sealTicket(ticket)).toEqual({ kind: 'sealed' });
      });
    }
  }
});

describe('the subject', () => {
  test('keeps its tag and its length however long the parts are', () => {
    const customer = '株式会社'.repeat(30);
    for (const locale of locales) {
      const { subject, number } = renderTicket(
        knowledge,
        { ...makLimit, details: { ...makLimit.details, ...detailsOf({ customer }) } },
        locale,
      );
      expect(subject.length).toBeLessThanOrEqual(subjectLimit);
      expect(subject).toContain(number);
    }
  });

  test('is never cut within a character', () => {
    for (let filler = 0; filler < 8; filler += 1) {
      const customer = `${'x'.repeat(filler)}${'𠮷'.repeat(60)}`;
      const { subject } = renderTicket(
        knowledge,
        { ...makLimit, details: { ...makLimit.details, ...detailsOf({ customer }) } },
        'en',
      );
      expect(subject.isWellFormed()).toBe(true);
    }
  });
});

describe('the body', () => {
  test('is in the desk’s language whatever the requester’s', () => {
    const asked = { ...makLimit, conversation: { ...makLimit.conversation, locale: 'ja' as const } };
    expect(renderTicket(knowledge, asked, 'en').body).toBe(renderTicket(knowledge, makLimit, 'en').body);
  });

  test('says what is not known, and why', () => {
    expect(renderTicket(knowledge, makLimit, 'en').body).toContain('the invoice is lost');
  });

  test('speaks for the customer where a service provider sends it', () => {
    const sent = { ...makLimit, sender: { kind: 'msp' as const, name: 'Example MSP', timeZone: 'Asia/Tokyo' } };
    expect(renderTicket(knowledge, sent, 'ja').body).toContain('Contoso K.K. 様');
  });

  test('is the same every time it is rendered', () => {
    expect(renderTicket(knowledge, makLimit, 'ja')).toEqual(renderTicket(knowledge, makLimit, 'ja'));
  });

  test('never reads a requester’s text as a placeholder', () => {
    const item = { ...makLimit, details: { ...makLimit.details, ...detailsOf({ impact: '{contactEmail} **x**' }) } };
    expect(renderTicket(knowledge, item, 'en').body).toContain('{contactEmail} **x**');
  });
});

describe('the files', () => {
  test('are the case file, the redacted outputs and the transcript', () => {
    const { files } = renderTicket(knowledge, makLimit, 'en');
    expect(files.map(({ name }) => name)).toEqual(['case-file.json', 'output-1.txt', 'transcript.md']);
  });

  test('hold a transcript whose texts cannot close their fence', () => {
    const item = {
      ...makLimit,
      transcript: [{ at: makLimit.at, speaker: 'requester' as const, text: '```\n# not a heading' }],
    };
    expect(renderTicket(knowledge, item, 'en').files.at(-1)?.text).toContain('````\n```\n# not a heading\n````');
  });
});
