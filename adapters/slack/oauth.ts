import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import { Words } from '../../src/message/phrases.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { type Locale, localeFromTag } from '../../src/text/locale.ts';
import { appName, botScopes, installPath, redirectPath } from './app-definition.ts';
import type { Installations } from './installations.ts';
import { createState, isOwnState, stateAgeMs } from './oauth-state.ts';
import { escapeText } from './rich-text.ts';
import type { SlackRoute } from './transport.ts';

export interface OAuthParts {
  readonly installations: Installations;
  readonly clientId: string;
  readonly stateSecret: string;
  /** Where people and Slack reach us, without a slash at its end. */
  readonly publicUrl: string;
  readonly authorizationUrl: string;
  readonly knowledge: () => Knowledge;
  readonly clock: Clock;
  readonly log: Log;
}

const cookieName = 'licence-desk-install';

const style = `:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}
a{display:inline-block;padding:.6rem 1.4rem;border-radius:.4rem;background:#4a154b;color:#fff;text-decoration:none}`;
/** Nothing but this style is let in: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/style-src */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** The page that begins an installation, and the one Slack sends the browser back to. */
export function oauthRoutes(parts: OAuthParts): readonly SlackRoute[] {
  return [
    { path: installPath, handle: (request, response) => showInstall(parts, request, response) },
    {
      path: redirectPath,
      handle: (request, response) => {
        finishInstall(parts, request, response).catch((error: unknown) => {
          parts.log.error({ error: String(error) }, 'slack: installation failed');
          showPage(parts, request, response, 500, 'install-failed');
        });
      },
    },
  ];
}

function showInstall(parts: OAuthParts, request: IncomingMessage, response: ServerResponse): void {
  const state = createState(parts.stateSecret, parts.clock.now());
  const url = new URL(parts.authorizationUrl);
  url.searchParams.set('client_id', parts.clientId);
  url.searchParams.set('scope', botScopes.join(','));
  url.searchParams.set('redirect_uri', `${parts.publicUrl}${redirectPath}`);
  url.searchParams.set('state', state);
  const secure = parts.publicUrl.startsWith('https:') ? '; Secure' : '';
  const age = `Max-Age=${stateAgeMs / 1000}`;
  response.setHeader('set-cookie', `${cookieName}=${state}; Path=/slack; HttpOnly; SameSite=Lax; ${age}${secure}`);
  const words = new Words(parts.knowledge(), readerLocale(request));
  const button = `<p><a href="${escapeAttribute(url.href)}">${escapeText(words.label('install-button'))}</a></p>`;
  showPage(parts, request, response, 200, 'install-says', button);
}

async function finishInstall(parts: OAuthParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', parts.publicUrl);
  const state = searchParams.get('state') ?? '';
  const code = searchParams.get('code');
  if (!isOwnState(parts.stateSecret, state, readCookie(request), parts.clock.now())) {
    return showPage(parts, request, response, 400, 'install-expired');
  }
  if (code === null) return showPage(parts, request, response, 200, 'install-declined');
  const installation = await parts.installations.install(code, `${parts.publicUrl}${redirectPath}`);
  parts.log.info({ installation }, 'slack: installed');
  response.setHeader('set-cookie', `${cookieName}=; Path=/slack; HttpOnly; SameSite=Lax; Max-Age=0`);
  showPage(parts, request, response, 200, 'install-done');
}

function showPage(
  { knowledge }: OAuthParts,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  phrase: Phrase,
  more = '',
): void {
  const locale = readerLocale(request);
  const says = escapeText(new Words(knowledge(), locale).label(phrase));
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
  });
  response.end(
    `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${appName}</title><style>${style}</style><h1>${appName}</h1><p>${says}</p>${more}</html>\n`,
  );
}

function readerLocale(request: IncomingMessage): Locale {
  return localeFromTag(request.headers['accept-language']) ?? 'en';
}

function readCookie({ headers }: IncomingMessage): string | undefined {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
