import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildCaseFile } from '../../src/handoff/build-case-file.ts';
import { CaseFile, sectionOfField } from '../../src/handoff/case-file.ts';
import { completeCases, conversationOf, detailsOf, knowledge, makLimit } from '../support/cases.ts';

describe('the case file', () => {
  test('of every desk’s complete case fits its schema', () => {
    for (const item of Object.values(completeCases)) {
      expect(() => CaseFile.parse(JSON.parse(JSON.stringify(buildCaseFile(knowledge, item, 'en', []))))).not.toThrow();
    }
  });

  test('has a published JSON Schema that is the schema', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../schemas/case-file.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(z.toJSONSchema(CaseFile));
  });

  test('gives each fact its origin', () => {
    const conversation = conversationOf('activation', { 'key-channel': 'mak' });
    const facts = conversation.facts.map((fact) => ({ ...fact, origin: 'read' as const }));
    const file = buildCaseFile(knowledge, { ...makLimit, conversation: { ...conversation, facts } }, 'en', []);
    expect(file.facts).toMatchObject([{ question: 'key-channel', value: 'mak', origin: 'read' }]);
  });

  test('lists closed rounds as tried, with the outcome’s title', () => {
    expect(buildCaseFile(knowledge, makLimit, 'en', []).tried).toMatchObject([
      { outcome: 'retype-key', title: 'Type the key again', result: 'another-code' },
    ]);
  });

  test('says what is not known: the unsure, the unknown with its reason, and the never asked', () => {
    const item = { ...makLimit, details: detailsOf({ 'order-number': null }) };
    const { unknowns } = buildCaseFile(knowledge, item, 'en', []);
    expect(unknowns).toContainEqual({ field: 'order-number', why: 'the invoice is lost' });
    expect(unknowns).toContainEqual({ field: 'azure-vm', why: null });
    expect(unknowns).toContainEqual({ field: 'contact-email', why: null });
  });

  test('knows a section for nothing but fields', () => {
    const fields = knowledge.tickets.fields.map(({ id }) => id);
    expect(Object.keys(sectionOfField).filter((field) => !fields.includes(field))).toEqual([]);
  });

  test('counts what was masked in the outputs', () => {
    expect(buildCaseFile(knowledge, makLimit, 'en', []).redactions).toBe(1);
  });
});
