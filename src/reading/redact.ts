import { fold, originalSpan } from './fold.ts';
import { readCells } from './redaction/cells.ts';
import { findCredentials } from './redaction/credentials.ts';
import { findDigitIds } from './redaction/digit-ids.ts';
import { Claims, renderMark, type SecretKind } from './redaction/finding.ts';
import { findProductKeys } from './redaction/product-keys.ts';

/** A text with its secrets masked, how many of each kind it held, and the last five characters of each product key. */
export interface Redaction {
  readonly text: string;
  readonly found: Readonly<Record<SecretKind, number>>;
  readonly keyEndings: readonly string[];
}

// A mask can join what stood on both sides of it into a new secret; more rounds than this were never needed.
const mostRounds = 4;

/**
 * Masks product keys (the last five characters stay), installation and confirmation IDs, RDS licence server IDs,
 * passwords and tokens. Redacting again changes nothing. Takes time in proportion to the text.
 */
export function redact(text: string): Redaction {
  const found = {
    productKey: 0,
    partialKey: 0,
    installationId: 0,
    confirmationId: 0,
    password: 0,
    token: 0,
    licenceServerId: 0,
  };
  const keyEndings = new Set<string>();
  let current = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = redactOnce(current, found, keyEndings);
    if (next === current) break;
    current = next;
  }
  return { text: current, found, keyEndings: [...keyEndings] };
}

function redactOnce(text: string, found: Record<SecretKind, number>, keyEndings: Set<string>): string {
  const folded = fold(text);
  const claims = new Claims(folded.text);
  findCredentials(folded.text, claims);
  const cells = readCells(folded.text, claims);
  findDigitIds(folded.text, cells, claims);
  findProductKeys(folded.text, cells, claims);
  let masked = '';
  let end = 0;
  for (const finding of claims.findings()) {
    const [from, to] = originalSpan(folded, finding.from, finding.to, text);
    masked += text.slice(end, from) + renderMark(finding);
    end = to;
    found[finding.kind] += 1;
    if (finding.ending !== undefined && (finding.kind === 'productKey' || finding.kind === 'partialKey'))
      keyEndings.add(finding.ending);
  }
  return masked + text.slice(end);
}
