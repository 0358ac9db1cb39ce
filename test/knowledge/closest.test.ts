import { describe, expect, test } from 'vitest';
import { closest } from '../../src/knowledge/closest.ts';

describe('the name that was meant', () => {
  test.each([
    ['instaled', ['installed', 'version'], ' (did you mean installed?)'],
    ['yess', ['no', 'yes'], ' (did you mean yes?)'],
    ['standrad', ['standard', 'datacenter'], ' (did you mean standard?)'],
    ['weather', ['standard', 'datacenter'], ''],
    ['x', [], ''],
  ])('%s in %s:%s', (wrong, names, expected) => {
    expect(closest(wrong, names)).toBe(expected);
  });
});
