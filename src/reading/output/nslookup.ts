import { type OutputFields, onlyFound } from './output.ts';
import type { Tidied } from './tidy.ts';

const answered = /svr\s*hostname\s*=|SRV\s+service\s+location/i;
const unanswered =
  /can't find|non-existent domain|no response from server|request timed out|見つかりません|DNS request/i;

/** True of an answer, or its absence, to `nslookup -type=srv _vlmcs._tcp`. */
export function isNslookup(tidied: Tidied): boolean {
  return /_vlmcs\._tcp/i.test(tidied.squeezed) && (answered.test(tidied.text) || unanswered.test(tidied.text));
}

/** Reads the first KMS host that DNS names. `none`: DNS names none. */
export function readNslookup(tidied: Tidied): OutputFields {
  const host = /svr\s*hostname\s*=\s*([a-z0-9][\w.-]{0,250})/i.exec(tidied.text)?.[1]?.replace(/\.$/, '');
  const port = /\bport\s*=\s*(\d{1,5})(?!\d)/i.exec(tidied.text)?.[1];
  return onlyFound({
    kmsHost: host,
    kmsHostSource: host === undefined ? 'none' : 'dns',
    kmsPort: host === undefined || port === undefined ? undefined : Number(port),
  });
}
