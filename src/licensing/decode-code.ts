export interface DecodedCode {
  /** `success`, `informational`, `warning`, `error` of an NTSTATUS-like code, or `error`/`success` of an HRESULT. */
  readonly severity: 'error' | 'success';
  readonly facility: number;
  readonly number: number;
}

/**
 * Takes an HRESULT apart: bit 31 severity, bits 16–26 facility, bits 0–15 the number.
 * Source: Microsoft Open Specifications, [MS-ERREF] 2.1 HRESULT.
 */
export function decodeCode(code: string): DecodedCode {
  const bits = Number.parseInt(code.slice(2), 16);
  return {
    severity: bits >= 0x8000_0000 ? 'error' : 'success',
    facility: Math.floor(bits / 0x1_0000) % 0x800,
    number: bits % 0x1_0000,
  };
}
