/** The codes the knowledge holds, as `0x` and eight upper-case hex digits. */
export interface KnownCodes {
  has(code: string): boolean;
}

/** Something in a folded text that reads as a code. */
export interface Candidate {
  readonly code: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly certainty: 'exact' | 'corrected' | 'suffix' | 'context';
}

/** The first halves of the codes that activation, networks and edition changes give. */
export const codeFamilies: readonly string[] = [
  '4004',
  '8000',
  '8004',
  '8007',
  '8008',
  '8009',
  '800B',
  '800F',
  '8019',
  '803F',
  '87E1',
  '8A01',
  'C000',
  'C002',
  'C004',
  'C014',
];

export function isInFamily(digits: string): boolean {
  return codeFamilies.includes(digits.slice(0, 4));
}
