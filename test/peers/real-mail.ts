import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, run, type Servers } from './processes.ts';

export interface RealMail {
  readonly port: number;
  /** The certificate Exim shows for `localhost`. */
  readonly certificate: string;
  readonly password: string;
  /** The mails in the mailbox of support@desk.test, read over IMAP. */
  mailbox(): Promise<readonly string[]>;
}

const password = 'mail-pass-1';

/** Starts Exim, which takes mail over STARTTLS with a password, and Dovecot, which keeps it and shows it over IMAP. */
export async function startMail(folder: string, servers: Servers): Promise<RealMail> {
  const [smtp, lmtp, imap] = [await freePort(), await freePort(), await freePort()];
  const certificate = makeCertificate(folder);
  await servers.start('dovecot', ['-F', '-c', dovecotConfig(folder, lmtp, imap)], imap);
  await servers.start('exim4', ['-C', eximConfig(folder, smtp, lmtp), '-bdf', '-q1m'], smtp);
  return { port: smtp, certificate: readFileSync(certificate, 'utf8'), password, mailbox: () => readMailbox(imap) };
}

function makeCertificate(folder: string): string {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  ]);
  chmodSync(key, 0o644);
  return certificate;
}

function eximConfig(folder: string, smtp: number, lmtp: number): string {
  const spool = join(folder, 'exim');
  mkdirSync(spool);
  run('chown', ['Debian-exim:', spool]);
  const file = join(folder, 'exim.conf');
  writeFileSync(
    file,
    `spool_directory = ${spool}
log_file_path = ${spool}/%slog
pid_file_path = ${spool}/exim.pid
primary_hostname = localhost
domainlist local_domains = desk.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${smtp}
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
acl_smtp_rcpt = acl_rcpt
begin acl
acl_rcpt:
  accept
    authenticated = *
    domains = +local_domains
  deny message = relay not permitted
begin routers
inward:
  driver = manualroute
  domains = +local_domains
  transport = to_dovecot
  route_list = * 127.0.0.1
  self = send
begin transports
to_dovecot:
  driver = smtp
  protocol = lmtp
  port = ${lmtp}
  allow_localhost
begin retry
* * F,1h,5s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{desk}}{eq{$auth3}{${password}}}}}
  server_set_id = $auth2
`,
  );
  return file;
}

function dovecotConfig(folder: string, lmtp: number, imap: number): string {
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  run('chown', ['nobody:nogroup', mail]);
  const file = join(folder, 'dovecot.conf');
  const [uid, gid] = [run('id', ['-u', 'nobody']).trim(), run('id', ['-g', 'nobody']).trim()];
  writeFileSync(
    file,
    `base_dir = ${folder}/dovecot
log_path = ${folder}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${mail}/%u
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mail}/%u
}
`,
  );
  return file;
}

/** As much IMAP as it takes to read a mailbox: sign in, select, fetch every body as a literal. */
async function readMailbox(port: number): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(`a LOGIN support@desk.test ${password}\r\nb SELECT INBOX\r\nc FETCH 1:* BODY[]\r\nd LOGOUT\r\n`);
  await once(socket, 'close');
  const said = Buffer.concat(chunks);
  const mails: string[] = [];
  for (const match of said.toString('latin1').matchAll(/BODY\[\] \{(\d+)\}\r\n/g)) {
    const from = match.index + match[0].length;
    mails.push(said.subarray(from, from + Number(match[1])).toString('utf8'));
  }
  return mails;
}
