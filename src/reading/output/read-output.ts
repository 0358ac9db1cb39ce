import { readTable } from './cim.ts';
import { isDism, readDism } from './dism.ts';
import { findLabels, type Label } from './labels.ts';
import { isNslookup, readNslookup } from './nslookup.ts';
import { isOffice } from './office.ts';
import { type OutputFields, type OutputKind, type OutputLanguage, type OutputReading, onlyFound } from './output.ts';
import { chooseProduct, readMachine, readProducts } from './product.ts';
import { readExpiry, readInstalledKey, slmgrKind } from './slmgr.ts';
import { type Tidied, tidy } from './tidy.ts';
import { readHexCodes } from './values.ts';

const properties =
  /(?<![A-Za-z])(?:LicenseStatus|PartialProductKey|ProductKeyChannel|GracePeriodRemaining|LicenseStatusReason|RemainingWindowsReArmCount|KeyManagementServiceMachine|ClientMachineID)["']?(?:\s*[:=]|\s)/;

/** Recognises a pasted output and reads it. Text beyond `maxReadableLength` is not read. */
export function readOutput(text: string): OutputReading {
  const tidied = tidy(text);
  const labels = findLabels(tidied);
  const kind = kindOf(tidied, labels);
  // Property names are the same in every language.
  const language = kind === 'unknown' || kind === 'cim' || kind === 'oslicense' ? null : languageOf(tidied, labels);
  switch (kind) {
    case 'unknown':
      return { kind, language, products: [], fields: {} };
    case 'office':
      return { kind, language, products: [], fields: withCodes(tidied, {}) };
    case 'nslookup':
      return { kind, language, products: [], fields: readNslookup(tidied) };
    case 'dism':
      return { kind, language, products: [], fields: readDism(tidied) };
    default: {
      const table = kind === 'cim' || kind === 'oslicense' ? readTable(tidied) : [];
      const products = table.length > 0 ? table : readProducts(tidied, labels);
      const product = chooseProduct(products);
      const machine = readMachine(tidied, labels, product.edition);
      const said = kind.startsWith('slmgr') ? { ...readExpiry(tidied), ...readInstalledKey(tidied) } : {};
      return { kind, language, products, fields: withCodes(tidied, { ...said, ...machine, ...product }) };
    }
  }
}

function kindOf(tidied: Tidied, labels: readonly Label[]): OutputKind {
  if (isNslookup(tidied)) return 'nslookup';
  const windows = /windows(?:server)?\(r\)\d{0,2},/i.test(tidied.squeezed);
  if (!windows && isOffice(tidied)) return 'office';
  const named = labels.filter((label) => label.property && label.id !== 'name' && label.id !== 'description');
  const spelled = labels.filter((label) => !label.property && label.id !== 'other');
  if (properties.test(tidied.text) && (named.length > spelled.length || readTable(tidied).length > 0)) {
    return /(?<![A-Za-z])ActivationID\b|Get-OSLicenseInfo/i.test(tidied.text) ? 'oslicense' : 'cim';
  }
  const report = slmgrKind(tidied, labels);
  if (report === 'slmgr-dli' || report === 'slmgr-dlv') return report;
  if (isDism(tidied)) return 'dism';
  return report ?? 'unknown';
}

function withCodes(tidied: Tidied, fields: OutputFields): OutputFields {
  const reasons = new Set([fields.reason]);
  const codes = readHexCodes(tidied.text).filter((code) => !reasons.has(code));
  return onlyFound({ ...fields, codes: codes.length > 0 ? codes : undefined });
}

/** The language most labels are in, else the one a script gives away. */
function languageOf(tidied: Tidied, labels: readonly Label[]): OutputLanguage | null {
  const votes = new Map<OutputLanguage, number>();
  for (const { language } of labels) if (language !== null) votes.set(language, (votes.get(language) ?? 0) + 1);
  const [first] = [...votes].toSorted(([, one], [, other]) => other - one);
  if (first !== undefined) return first[0];
  if (/[\u3040-\u30ff]/.test(tidied.text)) return 'ja';
  if (/[\uac00-\ud7a3]/.test(tidied.text)) return 'ko';
  if (/[\u4e00-\u9fff]/.test(tidied.text)) return 'zh';
  return /\b(?:the|product|edition|version|error|activation|server|mode)\b/i.test(tidied.text) ? 'en' : null;
}
