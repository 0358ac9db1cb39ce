import { z } from 'zod';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { createMailDesk, type MailCredentials } from './email.ts';
import { createTokenSource } from './oauth-token.ts';
import { createRequestTracker } from './request-tracker.ts';
import { readSecret, SecretPlace } from './secret.ts';
import type { Verify } from './signature.ts';
import { createWebhook } from './webhook.ts';
import { verifyWebhook } from './webhook-signature.ts';
import { createZendesk } from './zendesk.ts';
import { verifyZendesk } from './zendesk-signature.ts';

const address = z.email('is an e-mail address, such as desk@example.com');
const https = z.url({ protocol: /^https$/, error: 'is a URL that begins with https://' });
const url = z.url({ protocol: /^https?$/, error: 'is a URL such as https://desk.example.com' });

const Mail = z.strictObject({
  kind: z.literal('email'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  tls: z
    .enum(['starttls', 'implicit', 'none'], 'say starttls (587), implicit (465) or none (own network only)')
    .default('starttls'),
  user: z.string().optional(),
  password: SecretPlace.optional(),
  oauth2: z
    .strictObject({
      'token-url': https,
      'client-id': z.string().min(1),
      'client-secret': SecretPlace,
      scope: z.string().min(1),
    })
    .optional(),
  from: address,
  to: address,
});

const SignedWebhook = z.strictObject({
  kind: z.literal('webhook'),
  url,
  secrets: z.array(SecretPlace).min(1, 'name at least one secret').max(2, 'two at most: the old and the new'),
  'private-network': z.boolean().default(false),
});

const Zendesk = z.strictObject({
  kind: z.literal('zendesk'),
  url: https,
  email: address,
  token: SecretPlace,
  /** The signing secret of the webhook that tells what becomes of a ticket; without it nothing is heard. */
  'webhook-secret': SecretPlace.optional(),
});

const RequestTracker = z.strictObject({
  kind: z.literal('request-tracker'),
  url,
  queue: z.string().min(1),
  token: SecretPlace.optional(),
  user: z.string().optional(),
  password: SecretPlace.optional(),
  'reference-field': z
    .string()
    .regex(/^[\w -]{1,60}$/, 'name a custom field: letters, digits, spaces and hyphens')
    .optional(),
});

/** How a desk's ticket system is reached. */
export const TicketSystem = z.discriminatedUnion('kind', [Mail, SignedWebhook, Zendesk, RequestTracker], {
  error: 'say which system it is: kind: email, webhook, zendesk or request-tracker',
});
export type TicketSystem = z.infer<typeof TicketSystem>;

type Environment = Readonly<Record<string, string | undefined>>;

interface Opened {
  readonly desk: TicketDesk;
  /** For a desk that tells what becomes of its tickets. */
  readonly verify?: Verify;
}

/** The desk, or what is missing to reach it, in words for the operator. */
export type OpenedDesk =
  | ({ readonly kind: 'desk' } & Opened)
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Makes the desk of a configured system. Reads its secrets and connects to nothing. */
export function openTicketSystem(system: TicketSystem, environment: Environment, now: () => number): OpenedDesk {
  const secrets = new Secrets(environment);
  const opened = open(system, secrets, now);
  return opened === undefined || secrets.problems.length > 0
    ? { kind: 'problems', problems: secrets.problems }
    : { kind: 'desk', ...opened };
}

/** Reads secrets and remembers which are missing. */
class Secrets {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  read(name: string, place: SecretPlace | undefined): string {
    const secret = place === undefined ? undefined : readSecret(place, this.#environment);
    if (secret !== undefined) return secret;
    const where =
      place === undefined
        ? 'is missing: say where it is'
        : 'env' in place
          ? `is missing: set ${place.env}`
          : `cannot be read from ${place.file}`;
    this.problems.push(`${name} ${where}`);
    return '';
  }
}

function open(system: TicketSystem, secrets: Secrets, now: () => number): Opened | undefined {
  switch (system.kind) {
    case 'email': {
      const { host, port, tls, from, to } = system;
      return {
        desk: createMailDesk({ host, port, tls, from, to, credentials: mailCredentials(system, secrets, now) }),
      };
    }
    case 'webhook': {
      const keys = system.secrets.map((place) => secrets.read('secrets', place));
      const wrong = keys.filter((key) => key !== '' && !/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(key));
      if (wrong.length > 0) secrets.problems.push('secrets: a signing secret is whsec_ and 24 to 64 bytes in base64');
      if (secrets.problems.length > 0) return undefined;
      const desk = createWebhook({ url: system.url, secrets: keys, privateNetwork: system['private-network'] });
      return { desk, verify: verifyWebhook(keys) };
    }
    case 'zendesk': {
      const { url: at, email, 'webhook-secret': place } = system;
      const desk = createZendesk({ url: at, email, token: secrets.read('token', system.token) });
      return place === undefined
        ? { desk }
        : { desk, verify: verifyZendesk(secrets.read('webhook-secret', place), now) };
    }
    case 'request-tracker': {
      const { url: at, queue, user, token, password } = system;
      const credentials =
        user === undefined
          ? ({ kind: 'token', token: secrets.read('token', token) } as const)
          : ({ kind: 'password', user, password: secrets.read('password', password) } as const);
      return { desk: createRequestTracker({ url: at, queue, credentials, referenceField: system['reference-field'] }) };
    }
    default:
      return system satisfies never;
  }
}

function mailCredentials(
  { user, password, oauth2 }: z.infer<typeof Mail>,
  secrets: Secrets,
  now: () => number,
): MailCredentials {
  if (user === undefined) return { kind: 'none' };
  if (oauth2 === undefined) return { kind: 'password', user, password: secrets.read('password', password) };
  const clientSecret = secrets.read('client-secret', oauth2['client-secret']);
  return {
    kind: 'oauth2',
    user,
    accessToken: createTokenSource(
      { tokenUrl: oauth2['token-url'], clientId: oauth2['client-id'], clientSecret, scope: oauth2.scope },
      now,
    ),
  };
}
