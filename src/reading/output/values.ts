import { type LicenceStatus, licenceStatuses, type OutputFields } from './output.ts';

const serverBuilds: Readonly<Record<number, string>> = {
  6001: '2008',
  6002: '2008',
  7600: '2008 R2',
  7601: '2008 R2',
  9200: '2012',
  9600: '2012 R2',
  14393: '2016',
  17763: '2019',
  20348: '2022',
  26100: '2025',
};

// The longer word first where one starts with another.
const statusWords: readonly (readonly [string, LicenceStatus])[] = [
  ['initialgraceperiod', 'oob-grace'],
  ['additionalgraceperiod', 'oot-grace'],
  ['non-genuinegraceperiod', 'non-genuine-grace'],
  ['extendedgraceperiod', 'extended-grace'],
  ['unlicensed', 'unlicensed'],
  ['licensed', 'licensed'],
  ['notification', 'notification'],
  ['oobgrace', 'oob-grace'],
  ['ootgrace', 'oot-grace'],
  ['nongenuinegrace', 'non-genuine-grace'],
  ['extendedgrace', 'extended-grace'],
  ['ライセンスされています', 'licensed'],
  ['ライセンス認証済み', 'licensed'],
  ['ライセンスなし', 'unlicensed'],
  ['通知', 'notification'],
  ['初期猶予期間', 'oob-grace'],
  ['追加猶予期間', 'oot-grace'],
  ['延長猶予期間', 'extended-grace'],
  ['已授权', 'licensed'],
  ['lizenziert', 'licensed'],
  ['benachrichtigung', 'notification'],
  ['conlicencia', 'licensed'],
];

/** A status word or WMI number at the start of a squeezed value. */
export function readStatus(value: string): LicenceStatus | undefined {
  const lower = value.toLowerCase().replace(/^["']/, '');
  const number = /^[0-6](?!\d)/.exec(lower);
  if (number !== null) return licenceStatuses[Number(number[0])];
  return statusWords.find(([word]) => lower.startsWith(word))?.[1];
}

/** A code at the start of a squeezed value: hex, or WMI's decimal of either sign. */
export function readCode(value: string): string | undefined {
  const hex = /^["']?0x([0-9a-f]{8})/i.exec(value)?.[1];
  if (hex !== undefined) return /^0+$/.test(hex) ? undefined : `0x${hex.toUpperCase()}`;
  const decimal = /^["']?(-?\d{9,10})(?!\d)/.exec(value)?.[1];
  if (decimal === undefined) return undefined;
  const unsigned = Number(decimal) < 0 ? Number(decimal) + 0x1_0000_0000 : Number(decimal);
  return `0x${unsigned.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** A whole number at the start of a squeezed value; groups of thousands may be marked. */
export function readNumber(value: string): number | undefined {
  const digits = /^["']?(-?\d{1,3}(?:[,.]\d{3})+|-?\d{1,10})(?!\d)/.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/[,.]/g, ''));
}

/** The edition, what its name tells, and the canonical name, from a squeezed text that holds `Windows(R), … edition`. */
export function readEdition(squeezed: string): OutputFields {
  const match = /windows(server)?\(r\)(\d{0,2}),([\w-]{1,60}?)edition/i.exec(squeezed);
  const edition = match?.[3];
  if (match === null || edition === undefined) return {};
  const product = `Windows${match[1] === undefined ? '' : ' Server'}(R)${match[2] === '' ? '' : ` ${match[2]}`}`;
  return { name: `${product}, ${edition} edition`, ...editionTraits(edition) };
}

/** What an EditionID says of itself: evaluation, Server Core. Core is a fact of server editions only. */
export function editionTraits(edition: string): OutputFields {
  const ofServer = /^Server/i.test(edition);
  return {
    edition,
    evaluation: /eval/i.test(edition),
    ...(ofServer ? { serverCore: /cor(?:e|core)?$/i.test(edition) } : {}),
  };
}

/** Windows' own word for the channel, from a squeezed text that holds `…, RETAIL channel`. */
export function readChannel(squeezed: string): string | undefined {
  const word = /,([a-z0-9]{1,20}(?:[_-][a-z0-9]{1,20}){0,5})(?:\([a-z:]{1,20}\))?channel/i.exec(squeezed)?.[1];
  return word?.toUpperCase().replaceAll('-', '_');
}

/** The description in its canonical spelling, whatever was wrapped. */
export function readDescription(squeezed: string): string | undefined {
  const match =
    /(windowsoperatingsystem-windows(server)?\(r\)(\d{0,2})|windows\(r\)operatingsystem),([\w-]{1,60}?(?:\([\w:]{1,20}\))?)channel/i.exec(
      squeezed,
    );
  if (match === null) return undefined;
  const old = match[1]?.toLowerCase().startsWith('windowsoperating') ?? false;
  const product = `Windows${match[2] === undefined ? '' : ' Server'}(R)${match[3] ? ` ${match[3]}` : ''}`;
  return `${old ? `Windows Operating System - ${product}` : 'Windows(R) Operating System'}, ${match[4]} channel`;
}

/** The Product Key Channel line's word, the same in every language. */
export function readKeyChannel(squeezed: string): string | undefined {
  const word =
    /(?:^|[:"])(retail:tb:eval|retail|oem:(?:slp|coa|nonslp|dm)|volume:(?:mak|gvlk|csvlk)|pgs:tb|vt:ia)(?![a-z0-9])/i;
  return word.exec(squeezed)?.[1];
}

/** The build, and the Windows Server version it decides where the edition is a server's. */
export function readBuild(squeezed: string, edition: string | undefined): OutputFields {
  const match = /(?<![\d.])((?:6\.[0-3]|10\.0)\.(\d{4,5})(?:\.\d{1,5})?)/.exec(squeezed);
  if (match === null) return {};
  const build = Number(match[2]);
  const version = edition !== undefined && /^Server/i.test(edition) ? serverBuilds[build] : undefined;
  return { serviceVersion: match[1] ?? '', build, ...(version === undefined ? {} : { version }) };
}

/** ISO of a JSON date (`/Date(…)/`) or WMI date (`20260714114107.…`); other dates as printed; none for 1601. */
export function readDate(written: string): string | undefined {
  const value = written.replace(/^["'\s]+|["'\s,}\]]+$/g, '').replace(/\s+/g, ' ');
  const json = /Date\((-?\d{1,14})\)/.exec(value)?.[1];
  const wmi = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\.\d{6}([+-]000)?/.exec(value);
  const [, year, month, day, hours, minutes, seconds, utc] = wmi ?? [];
  const iso = json !== undefined ? new Date(Number(json)).toISOString() : undefined;
  const local = wmi === null ? undefined : `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${utc ? 'Z' : ''}`;
  const date = iso ?? local ?? value;
  return date.length > 40 || /(?<!\d)1601(?!\d)/.test(date) || !/\d/.test(date) ? undefined : date;
}

/** Every hex code of a text, each once. */
export function readHexCodes(text: string): readonly string[] {
  const codes = [...text.matchAll(/0x([0-9a-f]{8})(?![0-9a-f])/gi)].map(
    (match) => `0x${(match[1] ?? '').toUpperCase()}`,
  );
  return [...new Set(codes)].filter((code) => code !== '0x00000000');
}
