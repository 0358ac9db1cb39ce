import { existsSync } from 'node:fs';
import { isInstalled, run } from './processes.ts';

const packages = [
  'request-tracker5',
  'rt5-standalone',
  'rt5-db-sqlite',
  'exim4-daemon-light',
  'dovecot-imapd',
  'dovecot-lmtpd',
  'openssl',
];
const programs = ['rt-mailgate', 'rt-setup-database-5', 'exim4', 'dovecot', 'openssl'];

const answers = `request-tracker5 request-tracker5/rtname string rt.test
request-tracker5 request-tracker5/organization string test
request-tracker5 request-tracker5/correspondaddress string rt@rt.test
request-tracker5 request-tracker5/commentaddress string rt-comment@rt.test
request-tracker5 request-tracker5/initial-root-password password rootpass1
request-tracker5 request-tracker5/initial-root-password-confirm password rootpass1
request-tracker5 request-tracker5/dbconfig-install boolean true
request-tracker5 request-tracker5/database-type select sqlite3
request-tracker5 request-tracker5/install-cronjobs boolean false
`;

/** The password of RT's root as it is installed here; a machine of its own, reachable from loopback only. */
export const rootPassword = 'rootpass1';

/** Installs what is missing. Gives the reason where this machine is not one to install on. */
export function install(): string | undefined {
  if (!existsSync('/etc/debian_version')) return 'this is no Debian';
  if (process.getuid?.() !== 0) return 'this is not root';
  if (programs.every(isInstalled) && existsSync('/usr/share/request-tracker5/libexec/standalone_httpd'))
    return undefined;
  try {
    run('debconf-set-selections', [], answers);
    run('apt-get', ['update', '-qq']);
    run('env', [
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...packages,
    ]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
