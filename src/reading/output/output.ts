/** Which command printed a text. */
export type OutputKind =
  | 'slmgr-dli'
  | 'slmgr-dlv'
  | 'slmgr-xpr'
  | 'slmgr-ato'
  | 'slmgr-ipk'
  | 'cim'
  | 'dism'
  | 'nslookup'
  | 'oslicense'
  | 'office'
  | 'unknown';

export type OutputLanguage = 'en' | 'ja' | 'zh' | 'de' | 'es' | 'fr' | 'ko' | 'pt';

/** The numbers 0 to 6 of WMI's LicenseStatus, in order. */
export const licenceStatuses = [
  'unlicensed',
  'licensed',
  'oob-grace',
  'oot-grace',
  'non-genuine-grace',
  'notification',
  'extended-grace',
] as const;
export type LicenceStatus = (typeof licenceStatuses)[number];

/** What was printed about a product and its machine. Only what was found is there; nothing is guessed. */
export interface OutputFields {
  readonly name?: string;
  readonly description?: string;
  /** EditionID as printed: `ServerStandardEval`. */
  readonly edition?: string;
  readonly evaluation?: boolean;
  readonly serverCore?: boolean;
  /** The Windows Server version that the build decides: `2019`. */
  readonly version?: string;
  readonly serviceVersion?: string;
  readonly build?: number;
  /** Windows' own word in upper case with underscores: `VOLUME_KMSCLIENT`. */
  readonly channel?: string;
  readonly productKeyChannel?: string;
  readonly partialKey?: string;
  readonly applicationId?: string;
  readonly activationId?: string;
  readonly extendedPid?: string;
  readonly licenceStatus?: LicenceStatus;
  /** Why Windows is in notification mode: `0x` and eight upper-case hex digits. */
  readonly reason?: string;
  /** Minutes left, of a grace period or of a time-limited activation. */
  readonly graceMinutes?: number;
  /** Minutes until a time-limited activation ends. */
  readonly expirationMinutes?: number;
  /** ISO where the output was unambiguous, else as printed. */
  readonly evaluationEnd?: string;
  readonly rearmCount?: number;
  readonly skuRearmCount?: number;
  readonly trustedTime?: string;
  readonly kmsHost?: string;
  readonly kmsHostSource?: 'registered' | 'dns' | 'none';
  readonly kmsPort?: number;
  readonly kmsCount?: number;
  readonly cmid?: string;
  readonly activationType?: string;
  /** Error codes that are not the reason. */
  readonly codes?: readonly string[];
  /** Editions DISM can change this one to. */
  readonly targetEditions?: readonly string[];
  readonly permanent?: boolean;
  /** The end of the activation or grace period, as printed. */
  readonly expires?: string;
}

export type ProductReading = OutputFields;

export interface OutputReading {
  readonly kind: OutputKind;
  readonly language: OutputLanguage | null;
  /** Every product of the paste, in its order. */
  readonly products: readonly ProductReading[];
  /** The Windows product that carries a key, with what is known of its machine. */
  readonly fields: OutputFields;
}

/** Leaves out what was not found. */
export function onlyFound(
  fields: { readonly [Key in keyof OutputFields]?: OutputFields[Key] | undefined },
): OutputFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
