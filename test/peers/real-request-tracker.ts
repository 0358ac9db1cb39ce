import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, run, type Servers } from './processes.ts';

export interface RealRequestTracker {
  readonly url: string;
  /** The mails RT has sent. */
  mails(): readonly string[];
  /** Gives RT a mail as its mail server would. */
  receive(mail: string): void;
  /** Takes our file out of RT's configuration again. */
  forget(): void;
}

const siteConfig = '/etc/request-tracker5/RT_SiteConfig.d/90-licence-desk-peers.pm';
const rights =
  "our @ACL = map {{GroupDomain=>'SystemInternal',GroupType=>'Everyone',Right=>$_,Queue=>'General'}} qw(CreateTicket ReplyToTicket SeeQueue ShowTicket); 1;\n";
const field =
  "our @CustomFields = ({Name=>'Case',Type=>'FreeformSingle',LookupType=>'RT::Queue-RT::Ticket',Queue=>['General']}); 1;\n";

/** Starts the installed Request Tracker on a free port, with a custom field `Case` and the right to write to it by mail. */
export async function startRequestTracker(folder: string, servers: Servers): Promise<RealRequestTracker> {
  const outbox = join(folder, 'rt-outbox');
  const pipe = join(folder, 'rt-outbox.sh');
  mkdirSync(outbox);
  chmodSync(outbox, 0o777);
  writeFileSync(pipe, `#!/bin/sh\ncat > "$(mktemp ${outbox}/mail.XXXXXX)"\n`, { mode: 0o755 });
  const port = await freePort();
  writeFileSync(
    siteConfig,
    `Set($WebPath,""); Set($WebDomain,"127.0.0.1"); Set($WebPort,${port}); Set($WebBaseURL,"http://127.0.0.1:${port}");
Set($MailCommand,'sendmailpipe'); Set($SendmailPath,'${pipe}'); Set($LogToSyslog,undef); Set($LogToSTDERR,'warning'); 1;\n`,
  );
  chmodSync('/etc/request-tracker5/RT_SiteConfig.pm', 0o644);
  insert(folder, 'rights', rights);
  insertOnce(folder);
  const command = `exec /usr/share/request-tracker5/libexec/standalone_httpd --host 127.0.0.1 --port ${port}`;
  await servers.start('su', ['-s', '/bin/bash', 'www-data', '-c', command], port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    mails: () => readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8')),
    receive: (mail) =>
      void run('rt-mailgate', ['--queue', 'General', '--action', 'correspond', '--url', `${url}/`], mail),
    forget: () => rmSync(siteConfig, { force: true }),
  };
}

/** A second field of the same name would make RT's search ambiguous. */
function insertOnce(folder: string): void {
  const ask =
    'use lib "/usr/share/request-tracker5/lib"; use RT; RT::LoadConfig(); RT::Init(); my $f = RT::CustomField->new(RT->SystemUser); $f->LoadByName(Name => "Case", Queue => "General"); print $f->Id ? "there" : "none";';
  if (!run('perl', ['-e', ask]).includes('there')) insert(folder, 'field', field);
}

function insert(folder: string, name: string, data: string): void {
  const file = join(folder, `rt-${name}.pm`);
  writeFileSync(file, data);
  run('rt-setup-database-5', ['--action', 'insert', '--skip-create', '--datafile', file]);
}
