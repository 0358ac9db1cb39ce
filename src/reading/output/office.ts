import type { Tidied } from './tidy.ts';

/** True of `ospp.vbs /dstatus`: Office has its own licences, which this desk does not cover. */
export function isOffice(tidied: Tidied): boolean {
  if (/---Processing---|ospp\.vbs|Last\s+5\s+characters\s+of\s+installed\s+product\s+key/i.test(tidied.text))
    return true;
  return /LICENSENAME:Office/i.test(tidied.squeezed);
}
