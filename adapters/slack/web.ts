import { type Logger, webApi } from '@slack/bolt';
import { NotInstalled } from './faults.ts';
import { paces } from './limits.ts';

/** The bot's token in an installation (a team, or an organisation); undefined where it is not installed. */
export type FindToken = (installation: string) => Promise<string | undefined> | undefined;

/** Where Slack serves files (https://docs.slack.dev/reference/objects/file-object, https://docs.slack.dev/govslack). */
const slackHosts: readonly string[] = ['slack.com', 'slack-gov.com'];

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

  /** Whether an address is Slack's own: a token is sent nowhere else. */
  owns(address: string): boolean {
    const { protocol, hostname, host } = new URL(address);
    const ours = slackHosts.some((each) => hostname === each || hostname.endsWith(`.${each}`));
    const { slackApiUrl } = this.#options;
    return (protocol === 'https:' && ours) || (slackApiUrl !== undefined && new URL(slackApiUrl).host === host);
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
