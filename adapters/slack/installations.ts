import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../../src/ports/clock.ts';
import type { InstallationStore } from '../../src/ports/installation-store.ts';
import { platform } from './platform.ts';

/** What `oauth.v2.access` gives, as far as we keep it (https://docs.slack.dev/reference/methods/oauth.v2.access). */
const Access = z.object({
  access_token: z.string(),
  bot_user_id: z.string().optional(),
  refresh_token: z.string().optional(),
  /** Seconds; only with token rotation. */
  expires_in: z.number().optional(),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
});
type Access = z.infer<typeof Access>;

const Installation = z.strictObject({
  token: z.string(),
  /** ISO 8601. */
  installedAt: z.string(),
  rotation: z.strictObject({ refreshToken: z.string(), expiresAt: z.string() }).optional(),
});
type Installation = z.infer<typeof Installation>;

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token this close to its end is exchanged for the next. */
const refreshBeforeMs = 2 * 60 * 60_000;

/** The teams and organisations that installed the app: their tokens, exchanged in time where they rotate. */
export class Installations {
  readonly #store: InstallationStore;
  readonly #client: OAuthClient;
  readonly #web: webApi.WebClient;
  readonly #clock: Clock;
  readonly #exchanging = new Map<string, Promise<Installation>>();

  constructor(store: InstallationStore, client: OAuthClient, options: webApi.WebClientOptions, clock: Clock) {
    this.#store = store;
    this.#client = client;
    this.#web = new webApi.WebClient(undefined, options);
    this.#clock = clock;
  }

  /** Exchanges the code of a finished consent and keeps the installation. Returns the team or organisation. */
  async install(code: string, redirectUri: string): Promise<string> {
    const { clientId: client_id, clientSecret: client_secret } = this.#client;
    const access = Access.parse(
      await this.#web.oauth.v2.access({ client_id, client_secret, code, redirect_uri: redirectUri }),
    );
    const id = (access.is_enterprise_install === true ? access.enterprise?.id : access.team?.id) ?? '';
    await this.#save(id, this.#installationOf(access, this.#clock.now().toISOString()));
    return id;
  }

  async tokenOf(id: string): Promise<string | undefined> {
    const installation = await this.#load(id);
    if (installation?.rotation === undefined || !this.#isEnding(installation.rotation.expiresAt))
      return installation?.token;
    return (await this.#exchangeOnce(id, installation)).token;
  }

  /**
   * Forgets an installation, unless it is newer than the event that says it is gone. `at`: seconds since 1970.
   * Returns whether there was one.
   */
  async remove(id: string, at: number): Promise<boolean> {
    const installation = await this.#load(id);
    if (installation === undefined) return false;
    if (Date.parse(installation.installedAt) <= (at + 1) * 1000) await this.#store.remove(key(id));
    return true;
  }

  #isEnding(expiresAt: string): boolean {
    return Date.parse(expiresAt) - this.#clock.now().getTime() < refreshBeforeMs;
  }

  /** A refresh token works once: deliveries that need it at the same time share the exchange. */
  #exchangeOnce(id: string, installation: Installation): Promise<Installation> {
    const running = this.#exchanging.get(id) ?? this.#exchange(id, installation);
    this.#exchanging.set(id, running);
    return running.finally(() => this.#exchanging.delete(id));
  }

  async #exchange(id: string, installation: Installation): Promise<Installation> {
    const { clientId: client_id, clientSecret: client_secret } = this.#client;
    const refresh_token = installation.rotation?.refreshToken ?? '';
    try {
      const access = Access.parse(
        await this.#web.oauth.v2.access({ client_id, client_secret, grant_type: 'refresh_token', refresh_token }),
      );
      const next = this.#installationOf(access, installation.installedAt);
      await this.#save(id, next);
      return next;
    } catch (error) {
      // Another process may have been faster; what it kept is then newer than ours.
      const kept = await this.#load(id);
      if (kept !== undefined && kept.token !== installation.token) return kept;
      throw error;
    }
  }

  #installationOf({ access_token: token, refresh_token, expires_in = 0 }: Access, installedAt: string): Installation {
    if (refresh_token === undefined) return { token, installedAt };
    const expiresAt = new Date(this.#clock.now().getTime() + expires_in * 1000).toISOString();
    return { token, installedAt, rotation: { refreshToken: refresh_token, expiresAt } };
  }

  async #load(id: string): Promise<Installation | undefined> {
    const stored = await this.#store.load(key(id));
    return stored === undefined ? undefined : Installation.parse(stored);
  }

  #save(id: string, installation: Installation): Promise<void> {
    return this.#store.save(key(id), installation);
  }
}

function key(id: string): string {
  return `${platform}:${id}`;
}
