import type { Claims, SecretKind } from './finding.ts';

/**
 * Patterns over folded (upper-case) text. Each ends with its secret in group 1, so the secret's place follows from the
 * match. Every repetition is bounded or follows a look-behind that lets a run of characters start only once.
 */
const blank = '[ \\t]{1,9}';
const word = `(?:"[^"\\n]{1,80}"|'[^'\\n]{1,80}'|(?=[!-~])[^\\s"'|;&<>]{1,80})`;
const notProse =
  '(?!(?:ON|IN|AT|THE|AND|OR|WITH|FOR|FROM|TO|AS|IS|COMMAND|COMMANDS|OUTPUT|SAYS|SHOWS|GIVES|RETURNS|USING|VIA|BY|IT|THEN|OF|AN?)\\b)';
const label = 'PASSWORD|PASSWD|PASSPHRASE|PWD|パスワ-ド|密码|PASSWORT|KENNWORT|CONTRASEÑA|MOT DE PASSE';

const passwords: readonly RegExp[] = [
  new RegExp(
    `SLMGR(?:\\.VBS)?["']?${blank}(?![/-])${notProse}[!-~]{1,64}${blank}(?![/-])[!-~]{1,64}${blank}(?![/-])(${word})(?=${blank}[/-][A-Z])`,
    'g',
  ),
  new RegExp(`(?<![A-Z0-9])[/-](?:PASSWORD[DO]?|PASS|PWD|RP|PD|PO)(?:${blank}|[:=])(${word})`, 'g'),
  new RegExp(`CONVERTTO-SECURESTRING${blank}(?:-STRING${blank})?(?!-)(${word})`, 'g'),
  new RegExp(`(?<![A-Z0-9/-])(?:${label})["']?\\s{0,2}[:=：][ \\t]{0,2}(${word})`, 'g'),
  /(?:(?:PASSWORD|PW) IS|パスワ-ドは)[ 「"']{0,3}((?=[!-~]{0,64}[0-9!@#$%])[!-~]{4,64})/g,
  /:\/\/[^\s/:@]{1,64}:([^\s/@]{1,128})(?=@)/g,
];

const pairedPassword = new RegExp(`(?<![A-Z0-9])[/-]P(?:W)?(?:${blank}|[:=])(${word})`, 'g');
const user = /(?<![A-Z0-9])[/-]U(?:SER(?:NAME|D)?)?[ \t:=]/;
const placeholder = /^["']?(?:[$([{<%*].*|X+|\*+|…+|\.+|PASSWORD|PASSWD|PASS|PWD|パスワ-ド)["']?$/;

const tokens: readonly RegExp[] = [
  /(?<![A-Z0-9])(XOX[A-Z](?:\.XOX[A-Z])?-[A-Z0-9-]{8,})/g,
  /(?<![A-Z0-9])(XAPP-[A-Z0-9-]{8,})/g,
  /(?<![A-Z0-9_.-])(EYJ[A-Z0-9_-]{8,}\.[A-Z0-9_-]{8,}(?:\.[A-Z0-9_-]*)?)/g,
  /(?<![A-Z0-9_-])([MNO][A-Z0-9_-]{22,30}\.[A-Z0-9_-]{6,7}\.[A-Z0-9_-]{27,60})/g,
  /(?<![A-Z0-9_])((?:GH[OPRSU]_|GITHUB_PAT_|GLPAT-)[A-Z0-9_-]{20,})/g,
  /(?<![A-Z0-9_-])((?:SK|RK|PK)[-_](?=[A-Z0-9_-]{0,60}\d)[A-Z0-9_-]{20,})/g,
  /(?<![A-Z0-9])(AKIA[A-Z0-9]{16})(?![A-Z0-9])/g,
  /(?<![A-Z0-9])(AIZA[A-Z0-9_-]{30,})/g,
  /HOOKS\.SLACK\.COM\/[A-Z]{1,12}\/([A-Z0-9/_-]{10,})/g,
  /DISCORD(?:APP)?\.COM\/API\/WEBHOOKS\/\d{5,20}\/([A-Z0-9_-]{20,})/g,
  /(?<![A-Z])(?:BEARER|BASIC|TOKEN)[ \t]{1,4}((?=[A-Z0-9._~+/=-]{0,200}\d)[A-Z0-9._~+/=-]{16,})/g,
  /(?:API[ _-]?KEY|CLIENT[ _-]?SECRET|ACCESS[ _-]?TOKEN|AUTH[ _-]?TOKEN|BOT[ _-]?TOKEN|SECRET[ _-]?KEY|SIGNING[ _-]?SECRET|ACCOUNTKEY|SHAREDACCESSKEY)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?([A-Z0-9._~+/=-]{12,})/g,
];

const digitalProductId =
  /DIGITALPRODUCTID\d?["']?\s{0,12}(?:REG_BINARY|[=:])?\s{0,12}(?:HEX:)?[\s{(]{0,12}([0-9A-F][0-9A-F\s,\\-]{23,})/g;

/** Takes tokens, private keys, passwords of pasted commands and connection strings, and registry product IDs. */
export function findCredentials(text: string, claims: Claims): void {
  for (const pattern of tokens) takeAll(text, claims, 'token', pattern);
  takePrivateKeys(text, claims);
  for (const secret of text.matchAll(digitalProductId)) takeSecret(claims, 'productKey', secret);
  for (const pattern of passwords) takeAll(text, claims, 'password', pattern);
  takePairedPasswords(text, claims);
  takeNetPasswords(text, claims);
}

function takeAll(text: string, claims: Claims, kind: SecretKind, pattern: RegExp): void {
  for (const match of text.matchAll(pattern)) {
    if (kind === 'token' || !placeholder.test(match[1] ?? '')) takeSecret(claims, kind, match);
  }
}

function takeSecret(claims: Claims, kind: SecretKind, match: RegExpExecArray): void {
  const secret = match[1] ?? '';
  const from = match.index + match[0].length - secret.length;
  claims.take({ kind, from, to: from + secret.trimEnd().length });
}

function takePrivateKeys(text: string, claims: Claims): void {
  for (const begin of text.matchAll(/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g)) {
    if (claims.has(begin.index)) continue;
    const end = text.indexOf('-----END', begin.index);
    const close = end === -1 ? -1 : text.indexOf('-----', end + 8);
    claims.take({ kind: 'token', from: begin.index, to: close === -1 ? text.length : close + 5 });
  }
}

/** `/p` means a password only where `/u` stands on the same line. */
function takePairedPasswords(text: string, claims: Claims): void {
  for (const match of text.matchAll(pairedPassword)) {
    if (!placeholder.test(match[1] ?? '') && user.test(lineAround(text, match.index))) {
      takeSecret(claims, 'password', match);
    }
  }
}

/** `net use <device> \\server\share <password> /user:<name>` in any order, and `net user <name> <password> /add`. */
function takeNetPasswords(text: string, claims: Claims): void {
  for (const match of text.matchAll(/(?<![A-Z0-9])NET(?:\.EXE)?[ \t]{1,9}(USER?)[ \t]{1,9}([^\n|&]{1,300})/g)) {
    const rest = match[2] ?? '';
    const start = match.index + match[0].length - rest.length;
    const words = [...rest.matchAll(/"[^"\n]{1,80}"|\S{1,120}/g)];
    const options = words.filter(([each]) => each.startsWith('/')).map(([each]) => each);
    const isUse = match[1] === 'USE';
    if (isUse ? !options.some((each) => each.startsWith('/USER:')) : options.length === 0) continue;
    const plain = words.filter(([each]) => !/^["']?(?:\/|\\\\|[A-Z]:$|\*$)/.test(each));
    const secret = plain[isUse ? 0 : 1];
    if (secret === undefined || placeholder.test(secret[0])) continue;
    claims.take({ kind: 'password', from: start + secret.index, to: start + secret.index + secret[0].length });
  }
}

function lineAround(text: string, index: number): string {
  const from = Math.max(0, index - 200);
  const near = text.slice(from, index + 200);
  const start = near.lastIndexOf('\n', index - from) + 1;
  const end = near.indexOf('\n', index - from);
  return near.slice(start, end === -1 ? near.length : end);
}
