import type { LabelId } from './label-words.ts';
import { type Label, printedValue } from './labels.ts';
import { type OutputFields, onlyFound, type ProductReading } from './output.ts';
import type { Tidied } from './tidy.ts';
import {
  editionTraits,
  readBuild,
  readChannel,
  readCode,
  readDate,
  readDescription,
  readEdition,
  readKeyChannel,
  readNumber,
  readStatus,
} from './values.ts';

/** Labels that stand once a product: when one comes again, another product has begun. */
const opening: readonly LabelId[] = ['name', 'description', 'status', 'partialKey'];
const windowsId = '55c92734-d682-4d71-983e-d6ec3f16059f';
// `/dlv all` prints some hundred.
const mostProducts = 500;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const errorWord = /(?:error|エラー|错误|fehler|erreur|오류|erro)$/i;

/** The labels of one product. */
interface Block {
  readonly labels: readonly Label[];
  readonly squeezed: string;
  readonly from: number;
}

/** Reads every product that `slmgr` or a CIM list printed, by the values and with the labels' help. */
export function readProducts(tidied: Tidied, labels: readonly Label[]): readonly ProductReading[] {
  return blocks(tidied, labels)
    .map((block) => readProduct(tidied, block))
    .filter((product) => Object.keys(product).length > 0);
}

/** The Windows product that carries a key: what a conversation about Windows Server is about. */
export function chooseProduct(products: readonly ProductReading[]): ProductReading {
  const windows = products.filter(
    (product) => product.applicationId === windowsId || (product.applicationId === undefined && isWindows(product)),
  );
  const main = windows.filter((product) => product.edition !== undefined || !isAddOn(product));
  const candidates = [main, windows, products].find((each) => each.length > 0) ?? [];
  return candidates.find((product) => product.partialKey !== undefined) ?? candidates[0] ?? {};
}

function isWindows(product: ProductReading): boolean {
  return product.edition !== undefined || /^windows/i.test(product.name ?? product.description ?? 'windows');
}

function isAddOn(product: ProductReading): boolean {
  return /add-?on|\bESU\b|-ESU-/i.test(product.name ?? '');
}

function blocks(tidied: Tidied, labels: readonly Label[]): readonly Block[] {
  const parts: Label[][] = [[]];
  let seen = new Set<LabelId>();
  for (const label of labels) {
    if (opening.includes(label.id) && (label.id !== 'name' || isProductName(tidied, label))) {
      if (seen.has(label.id)) {
        if (parts.length === mostProducts) break;
        parts.push([]);
        seen = new Set();
      }
      seen.add(label.id);
    }
    parts.at(-1)?.push(label);
  }
  const starts = parts.map((part, index) => (index === 0 ? 0 : (part[0]?.start ?? 0)));
  return parts.map((own, index) => {
    const from = starts[index] ?? 0;
    return { labels: own, squeezed: tidied.squeezed.slice(from, starts[index + 1]), from };
  });
}

function isProductName(tidied: Tidied, label: Label): boolean {
  return /^["']?(?:windows|office|microsoft|visio|project)/i.test(tidied.squeezed.slice(label.from, label.from + 12));
}

function readProduct(tidied: Tidied, block: Block): ProductReading {
  const value = (id: LabelId) => {
    const label = block.labels.find((each) => each.id === id);
    return label === undefined ? undefined : tidied.squeezed.slice(label.from, label.to);
  };
  const printed = (id: LabelId) => {
    const label = block.labels.find((each) => each.id === id);
    return label === undefined ? undefined : firstLine(printedValue(tidied, label));
  };
  const named = block.labels.find((each) => each.id === 'name' && isProductName(tidied, each));
  const edition = readEdition(block.squeezed);
  const name = edition.name ?? (named === undefined ? undefined : firstLine(printedValue(tidied, named)));
  const status = readStatus(value('status') ?? '');
  const reason = readReason(value('reason'), block, status === 'notification');
  const [expiration, remaining] = [readNumber(value('expiration') ?? ''), readNumber(value('remaining') ?? '')];
  return onlyFound({
    ...editionOf(edition, value('edition')),
    name,
    description: readDescription(block.squeezed) ?? printed('description'),
    channel: readChannel(block.squeezed),
    productKeyChannel: readKeyChannel(value('keyChannel') ?? '') ?? readKeyChannelByValue(block.squeezed),
    partialKey: readPartialKey(value('partialKey')) ?? (edition.edition && readKeyLine(tidied, block)),
    applicationId: guid.exec(value('applicationId') ?? '')?.[0].toLowerCase() ?? knownApplication(block.squeezed),
    activationId: guid.exec(value('activationId') ?? '')?.[0].toLowerCase(),
    extendedPid: /^["']?(\d{5}-[\dA-Z.-]{10,60})/i.exec(value('extendedPid') ?? '')?.[1],
    licenceStatus: status ?? (reason === undefined ? undefined : 'notification'),
    reason,
    graceMinutes: remaining ?? expiration ?? minutesByValue(block.squeezed),
    expirationMinutes: expiration,
    evaluationEnd: readDate(printed('evaluationEnd') ?? ''),
  });
}

/** What was printed once for the machine, whatever product it stands under. */
export function readMachine(tidied: Tidied, labels: readonly Label[], edition: string | undefined): OutputFields {
  const value = (id: LabelId) => {
    const values = labels.filter((each) => each.id === id).map((each) => tidied.squeezed.slice(each.from, each.to));
    return values.find((each) => !/^["']?(?:null|,|$)/.test(each)) ?? '';
  };
  const registered = readHost(value('kmsRegistered'));
  const discovered = registered ?? readHost(value('kmsFromDns'));
  const missing = /kmsnamenotavailable/i.test(tidied.squeezed);
  const source =
    registered !== undefined ? 'registered' : discovered !== undefined ? 'dns' : missing ? 'none' : undefined;
  const version = /^["']?((?:6\.[0-3]|10\.0)\.\d{4,5}(?:\.\d{1,5})?)/.exec(value('version'))?.[1];
  const trusted = labels.find((each) => each.id === 'trustedTime');
  return onlyFound({
    ...readBuild(version ?? '', edition),
    rearmCount: readNumber(value('rearm')),
    skuRearmCount: readNumber(value('skuRearm')),
    trustedTime: trusted === undefined ? undefined : readDate(firstLine(printedValue(tidied, trusted))),
    kmsHost: discovered?.host,
    kmsHostSource: source,
    kmsPort: discovered?.port ?? (readNumber(value('kmsPort')) || undefined),
    kmsCount: readNumber(value('kmsCount')),
    cmid: guid.exec(value('cmid').slice(0, 40))?.[0].toLowerCase(),
    activationType: /^(?:all|ad|kms|token|全部)/i.exec(value('activationType'))?.[0].replace('全部', 'All'),
  });
}

function editionOf(read: OutputFields, property: string | undefined): OutputFields {
  if (read.edition !== undefined) return read;
  const edition = /^["']?(Server[A-Za-z]{3,40})/.exec(property ?? '')?.[1];
  return edition === undefined ? {} : editionTraits(edition);
}

function readReason(value: string | undefined, block: Block, notification: boolean): string | undefined {
  const labelled = value === undefined ? undefined : readCode(value);
  if (labelled !== undefined || !notification) return labelled;
  // In a language whose label is not known, the code behind a colon that no error word stands before.
  const plain = [...block.squeezed.matchAll(/:(0x[0-9a-f]{8})/gi)].find(
    ({ index }) => !errorWord.test(block.squeezed.slice(Math.max(0, index - 8), index)),
  );
  return plain === undefined ? undefined : readCode(plain[1] ?? '');
}

function readPartialKey(value: string | undefined): string | undefined {
  const key = /^["']?(?:\[key\.{3}([a-z0-9]{5})\]|([a-z0-9]{5}))/i.exec(value ?? '');
  return (key?.[1] ?? key?.[2])?.toUpperCase();
}

/** A line of the block that ends in a colon and exactly five characters, a digit among them: a key in any language. */
function readKeyLine(tidied: Tidied, block: Block): string | undefined {
  const from = tidied.at[block.from] ?? 0;
  const to = tidied.at[block.from + block.squeezed.length] ?? tidied.text.length;
  const line = /:[ \t]{0,9}(?=[A-Z]{0,5}\d)(?=\d{0,5}[A-Z])([B-DF-HJKMNP-RTV-Y2-46-9]{5})[ \t]*$/m;
  return line.exec(tidied.text.slice(from, to))?.[1];
}

function readKeyChannelByValue(squeezed: string): string | undefined {
  return /:((?:Retail:TB:Eval|OEM:(?:SLP|COA|NONSLP|DM)|Volume:(?:MAK|GVLK|CSVLK)))(?![A-Za-z0-9])/.exec(squeezed)?.[1];
}

function knownApplication(squeezed: string): string | undefined {
  return squeezed.toLowerCase().includes(windowsId) ? windowsId : undefined;
}

/** `259199 minute(s) (180 day(s))` in any language: the days must be the minutes' days. */
function minutesByValue(squeezed: string): number | undefined {
  for (const match of squeezed.matchAll(/:(\d{1,7})\D{1,20}\((\d{1,4})[^)\d]/g)) {
    if (Math.ceil(Number(match[1]) / 1440) === Number(match[2])) return Number(match[1]);
  }
  return undefined;
}

function readHost(value: string): { host: string; port: number | undefined } | undefined {
  const match = /^["']?([a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?)(?::(\d{1,5})(?!\d))?/i.exec(value);
  const host = match?.[1];
  if (host === undefined || /^null$/i.test(host)) return undefined;
  return { host, port: match?.[2] === undefined ? undefined : Number(match[2]) };
}

function firstLine(value: string): string {
  const [line = ''] = value.split('\n');
  return line.replace(/^["'\s]+|["',\s}\]]+$/g, '').replace(/\s+/g, ' ');
}
