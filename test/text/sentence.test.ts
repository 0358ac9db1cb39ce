import { describe, expect, test } from 'vitest';
import { codeOf, fill, parseSentence } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';

describe('a sentence of the authors', () => {
  test('becomes spans of what they marked', () => {
    expect(fill(parseSentence('Run **now**: `slmgr /dlv`, see [the page](https://example.com/a_(b)) again.'))).toEqual([
      { kind: 'text', text: 'Run ' },
      { kind: 'strong', text: 'now' },
      { kind: 'text', text: ': ' },
      { kind: 'code', text: 'slmgr /dlv' },
      { kind: 'text', text: ', see ' },
      { kind: 'link', text: 'the page', url: 'https://example.com/a_(b' },
      { kind: 'text', text: ') again.' },
    ]);
  });

  test.each([
    'a * b',
    '2 ** 3',
    'one ` alone',
    '[not a link]',
    '(https://example.com)',
    'http://example.com',
    '{Not A Name}',
    '{}',
    '<@U1>',
    '@everyone',
  ])('leaves %s as it stands', (source) => {
    expect(fill(parseSentence(source))).toEqual([{ kind: 'text', text: source }]);
  });

  test('links to nothing but https', () => {
    expect(spansToText(fill(parseSentence('[here](http://example.com)')))).toBe('[here](http://example.com)');
  });

  test('takes values inside marked words too', () => {
    expect(fill(parseSentence('**{host}** and `nslookup {host}`'), { host: 'kms01' })).toEqual([
      { kind: 'strong', text: 'kms01' },
      { kind: 'text', text: ' and ' },
      { kind: 'code', text: 'nslookup kms01' },
    ]);
  });

  test('reads no markup in a value', () => {
    expect(
      fill(parseSentence('You wrote {text}.'), { text: '**bold** `code` [x](https://evil.example) {other}' }),
    ).toEqual([{ kind: 'text', text: 'You wrote **bold** `code` [x](https://evil.example) {other}.' }]);
  });

  test('shows a placeholder nobody filled', () => {
    expect(spansToText(fill(parseSentence('Hello {name}')))).toBe('Hello {name}');
  });

  test('holds a published key by its id', () => {
    const spans = fill(parseSentence('Key: `{clientKey}`'), { clientKey: [{ kind: 'key', id: 'gvlk-2022-standard' }] });
    expect(spans).toEqual([
      { kind: 'text', text: 'Key: ' },
      { kind: 'key', id: 'gvlk-2022-standard' },
    ]);
    expect(spansToText(spans)).toBe(`Key: ${'X'.repeat(29)}`);
    expect(spansToText(spans, (id) => id)).toBe('Key: gvlk-2022-standard');
  });

  test('names its placeholders once each and its commands', () => {
    const sentence = parseSentence('{host}: `slmgr /skms {host}:{port}` or `slmgr /ckms`');
    expect(sentence.placeholders).toEqual(['host', 'port']);
    expect(codeOf(sentence)).toEqual(['slmgr /skms {host}:{port}', 'slmgr /ckms']);
  });
});
