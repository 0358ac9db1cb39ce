import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressLimit,
  readAddress,
  readStartAddress,
  startKinds,
  writeAddress,
  writeStartAddress,
} from '../../src/message/address.ts';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,23}$/);

describe('the address of a button', () => {
  test('is read as it was written, within 73 characters up to turn 99999', () => {
    const addresses = fc.record({
      conversation: fc.stringMatching(/^[a-z]{14}$/),
      turn: fc.integer({ min: 0, max: 99_999 }),
      step: id,
      choice: id,
    });
    fc.assert(
      fc.property(addresses, (address) => {
        const text = writeAddress(address);
        expect(text.length).toBeLessThanOrEqual(73);
        expect(readAddress(text)).toEqual(address);
      }),
    );
  });

  test.each([
    '',
    '1',
    '1.',
    'bcdfghjkmnpqrs.1.step.choice',
    '2.bcdfghjkmnpqrs.1.step.choice',
    '1.BCDFGHJKMNPQRS.1.step.choice',
    '1.bcdfghjkmnpqrs.-1.step.choice',
    '1.bcdfghjkmnpqrs.1.step',
    '1.bcdfghjkmnpqrs.1.step.choice.more',
    '1.bcdfghjkmnpqrs.1.__proto__.x',
    '1.bcdfghjkmnpqrs.1.step.choice\n',
    '1.bcdfghjkmnpqrs.1e9.step.choice',
    'x'.repeat(100_000),
  ])('%j is none', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });
});

describe('the address that begins a conversation', () => {
  const facts = fc.constantFrom('said', 'read').chain((origin) => {
    const fact = fc.record({ question: id, value: id, origin: fc.constant(origin) });
    return fc.array(fact, { maxLength: 8 });
  });

  test('is read as it was written, and leaves out the facts that no longer fit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...startKinds), id, facts, (kind, subject, known) => {
        const text = writeStartAddress({ kind, subject, facts: known });
        expect(text.length).toBeLessThanOrEqual(addressLimit);
        const read = readStartAddress(text);
        expect(read).toMatchObject({ kind, subject });
        for (const fact of read?.facts ?? []) expect(known).toContainEqual(fact);
      }),
    );
  });

  test.each(['said', 'read'] as const)('tells that its code was %s', (origin) => {
    const code = { question: 'error-code', value: '0xC004F074', origin };
    const text = writeStartAddress({ kind: 'start', subject: '0xC004F074', facts: [code] });
    expect(readStartAddress(text)?.facts).toEqual([code]);
  });

  test.each([
    '',
    '1.new.0.start',
    '1.new.2.start.menu',
    '1.new.0.stop.menu',
    '1.new.0.start.menu~',
    '1.new.0.start.menu~a',
    '1.new.0.start.menu~a=b~',
    '1.new.0.start.<@U1>',
  ])('%j is none', (text) => {
    expect(readStartAddress(text)).toBeUndefined();
  });
});
