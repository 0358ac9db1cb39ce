import { avmaFits } from './avma.ts';
import { calCount } from './cal-count.ts';
import { calCoversServer } from './cal-covers-server.ts';
import { calReassign } from './cal-reassign.ts';
import { coresOfServers } from './cores-of-servers.ts';
import { coresToLicense } from './cores-to-license.ts';
import { downgradeRight } from './downgrade.ts';
import { editionConversion } from './edition-conversion.ts';
import { essentialsLimit } from './essentials-limit.ts';
import { keyFitsEdition } from './key-fits-edition.ts';
import { kmsActivates, kmsThreshold } from './kms.ts';
import type { Policy } from './policy.ts';
import { rdsGrace, rdsHostAcceptsCal, rdsModeAllowed, rdsServerHoldsCal } from './rds.ts';
import { rdsAdminSessions } from './rds-admins.ts';
import { supportEnd } from './support-end.ts';
import { versionUpgrade } from './version-upgrade.ts';
import { whichDesk } from './which-desk.ts';

/** Every policy a flow can name. */
export const policies: Readonly<Record<string, Policy>> = {
  'key-fits-edition': keyFitsEdition,
  'edition-conversion': editionConversion,
  'cal-covers-server': calCoversServer,
  'cal-count': calCount,
  'rds-host-accepts-cal': rdsHostAcceptsCal,
  'rds-server-holds-cal': rdsServerHoldsCal,
  'rds-grace': rdsGrace,
  'rds-mode-allowed': rdsModeAllowed,
  'cores-to-license': coresToLicense,
  'cores-of-servers': coresOfServers,
  'rds-admin-sessions': rdsAdminSessions,
  'downgrade-right': downgradeRight,
  'essentials-limit': essentialsLimit,
  'cal-reassign': calReassign,
  'kms-activates': kmsActivates,
  'kms-threshold': kmsThreshold,
  'avma-fits': avmaFits,
  'support-end': supportEnd,
  'version-upgrade': versionUpgrade,
  'which-desk': whichDesk,
};
