/** What a secret is. */
export type SecretKind =
  | 'productKey'
  | 'partialKey'
  | 'installationId'
  | 'confirmationId'
  | 'password'
  | 'token'
  | 'licenceServerId';

/** A secret in a folded text: where it stands, and the ending that may stay readable. */
export interface Finding {
  readonly kind: SecretKind;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly ending?: string;
}

const marks =
  /\[(?:KEY(?: …[0-9A-Z]{5})?|INSTALLATION-ID(?: …\d{6})?|CONFIRMATION-ID|PASSWORD|TOKEN|LICENCE-SERVER-ID(?: …[0-9A-Z]{5})?)\]/g;

/** The mark that takes a secret's place. */
export function renderMark(finding: Finding): string {
  const ending = finding.ending === undefined ? '' : ` …${finding.ending}`;
  switch (finding.kind) {
    case 'productKey':
    case 'partialKey':
      return `[KEY${ending}]`;
    case 'installationId':
      return `[INSTALLATION-ID${ending}]`;
    case 'confirmationId':
      return '[CONFIRMATION-ID]';
    case 'password':
      return '[PASSWORD]';
    case 'token':
      return '[TOKEN]';
    case 'licenceServerId':
      return `[LICENCE-SERVER-ID${ending}]`;
    default:
      return finding.kind satisfies never;
  }
}

/** The parts of a folded text that are spoken for: marks of an earlier redaction, and findings. */
export class Claims {
  readonly #claimed: Uint8Array;
  readonly #findings: Finding[] = [];

  constructor(text: string) {
    this.#claimed = new Uint8Array(text.length);
    for (const mark of text.matchAll(marks)) this.#claimed.fill(1, mark.index, mark.index + mark[0].length);
  }

  has(index: number): boolean {
    return this.#claimed[index] === 1;
  }

  /** Takes the finding, unless something before it has taken a part of it. */
  take(finding: Finding): boolean {
    if (finding.to <= finding.from || this.#claimed.subarray(finding.from, finding.to).includes(1)) return false;
    this.#claimed.fill(1, finding.from, finding.to);
    this.#findings.push(finding);
    return true;
  }

  /** Every finding, in the order of the text. */
  findings(): readonly Finding[] {
    return this.#findings.toSorted((one, other) => one.from - other.from);
  }
}
