import { type Logger, webApi } from '@slack/bolt';
import { NotInstalled } from './faults.ts';
import { paces } from './limits.ts';

/** The bot's token in an installation (a team, or an organisation); undefined where it is not installed. */
export type FindToken = (installation: string) => Promise<string | undefined> | undefined;

/** Web API clients by installation. They never retry: the outbox does, and it knows what is safe to repeat. */
export class SlackWeb {
  readonly #findToken: FindToken;
  readonly #options: webApi.WebClientOptions;
  readonly #clients = new Map<string, { readonly token: string; readonly client: webApi.WebClient }>();

  constructor(findToken: FindToken, options: webApi.WebClientOptions) {
    this.#findToken = findToken;
    this.#options = options;
  }

  /** Throws NotInstalled. */
  async client(installation: string): Promise<webApi.WebClient> {
    const token = await this.token(installation);
    const known = this.#clients.get(installation);
    if (known?.token === token) return known.client;
    const client = new webApi.WebClient(token, this.#options);
    this.#clients.set(installation, { token, client });
    return client;
  }

  async token(installation: string): Promise<string> {
    const token = await this.#findToken(installation);
    if (token === undefined) throw new NotInstalled(`Slack installation ${installation} has no token`);
    return token;
  }
}

export function webOptions(apiUrl: string | undefined, logger: Logger): webApi.WebClientOptions {
  return {
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: paces.callTimeoutMs,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}
