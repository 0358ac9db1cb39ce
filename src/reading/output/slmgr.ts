import type { LabelId } from './label-words.ts';
import type { Label } from './labels.ts';
import { type LicenceStatus, type OutputFields, type OutputKind, onlyFound } from './output.ts';
import type { Tidied } from './tidy.ts';

const detailed: readonly LabelId[] = [
  'version',
  'activationId',
  'applicationId',
  'extendedPid',
  'keyChannel',
  'installationId',
  'rearm',
  'skuRearm',
  'trustedTime',
  'evaluationEnd',
];
const brief: readonly LabelId[] = ['name', 'description', 'partialKey', 'status', 'reason', 'expiration'];

const permanently = /ispermanentlyactivated|永続的にライセンス認証|永久激活/i;
const ends: readonly (readonly [RegExp, LicenceStatus])[] = [
  [/(?:volume|timebased|automatic\s+VM)\s+activation\s+will\s+expire\s+([^\n]{4,60})/i, 'licensed'],
  [/initial\s+grace\s+period\s+ends\s+([^\n]{4,60})/i, 'oob-grace'],
  [/additional\s+grace\s+period\s+ends\s+([^\n]{4,60})/i, 'oot-grace'],
  [/non-genuine\s+grace\s+period\s+ends\s+([^\n]{4,60})/i, 'non-genuine-grace'],
  [/extended\s+grace\s+period\s+ends\s+([^\n]{4,60})/i, 'extended-grace'],
];
const activation =
  /activatingwindows|productactivatedsuccessfully|productactivationfailed|成功地激活了产品|正在激活|slui\.exe0x2a|(?:error|エラー|错误|fehler):0x[0-9a-f]{8}/i;
const installation = /installedproductkey.{0,60}successfully/i;
const installing = /[/-]ipk/i;

/** Which `slmgr` command printed this, or null. A report wins over a sentence that stands beside it. */
export function slmgrKind(tidied: Tidied, labels: readonly Label[]): OutputKind | null {
  const ids = new Set(labels.map((label) => label.id));
  const windows = /windows(?:server)?\(r\)/i.test(tidied.squeezed);
  const reported = brief.filter((id) => ids.has(id)).length;
  if (detailed.some((id) => ids.has(id)) && (windows || reported >= 2)) return 'slmgr-dlv';
  if (reported >= 2 || (reported === 1 && ids.has('status'))) return 'slmgr-dli';
  if (
    windows &&
    /windows(?:server)?\(r\)\d{0,2},[\w-]{1,60}?edition.{0,120},[\w-]{1,40}channel/i.test(tidied.squeezed)
  ) {
    return 'slmgr-dli';
  }
  if (installation.test(tidied.squeezed)) return 'slmgr-ipk';
  if (Object.keys(readExpiry(tidied)).length > 0) return 'slmgr-xpr';
  if (!activation.test(tidied.squeezed)) return null;
  return installing.test(tidied.text) ? 'slmgr-ipk' : 'slmgr-ato';
}

/** What `/xpr` says: permanent, the end of a period, or notification mode. */
export function readExpiry(tidied: Tidied): OutputFields {
  if (permanently.test(tidied.squeezed)) return { licenceStatus: 'licensed', permanent: true };
  for (const [sentence, licenceStatus] of ends) {
    const expires = sentence.exec(tidied.text)?.[1]?.trim().replace(/\s+/g, ' ');
    if (expires !== undefined) return { licenceStatus, permanent: false, expires };
  }
  if (/windowsisinnotificationmode/i.test(tidied.squeezed)) return { licenceStatus: 'notification', permanent: false };
  return {};
}

/** The last five characters that `/ipk` names, once the rest of the key is masked. */
export function readInstalledKey(tidied: Tidied): OutputFields {
  const key = /installedproductkey(?:\[key\.{3}([a-z0-9]{5})\]|(?:[a-z0-9]{5}-){4}([a-z0-9]{5}))/i.exec(
    tidied.squeezed,
  );
  return onlyFound({ partialKey: (key?.[1] ?? key?.[2])?.toUpperCase() });
}
