import type { Clock } from '../../src/ports/clock.ts';
import { type Locale, localeFromTag } from '../../src/text/locale.ts';
import { readFault } from './faults.ts';
import { paces } from './limits.ts';
import type { Scene } from './scene.ts';
import type { SlackWeb } from './web.ts';

export interface Person {
  readonly locale: Locale | undefined;
  readonly isAdmin: boolean;
  /** A guest of the workspace. */
  readonly isGuest: boolean;
}

/** What Slack knows about people, which no payload carries (https://github.com/slack-go/slack/issues/1602): kept for a day. */
export class People {
  readonly #web: SlackWeb;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly person: Person; readonly until: number }>();

  constructor(web: SlackWeb, clock: Clock) {
    this.#web = web;
    this.#clock = clock;
  }

  /** The person's own language, where it is known: nobody is asked. */
  localeOf({ user }: Scene): Locale | undefined {
    return this.#known.get(user)?.person.locale;
  }

  /** Asks Slack where nothing is known; undefined where Slack does not tell. */
  async learn({ installation, user }: Scene): Promise<Person | undefined> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(user);
    if (known !== undefined && known.until > now) return known.person;
    try {
      const client = await this.#web.client(installation);
      const { user: profile } = await client.users.info({ user, include_locale: true });
      const person = {
        locale: localeFromTag(profile?.locale),
        isAdmin: profile?.is_admin === true || profile?.is_owner === true,
        isGuest: profile?.is_restricted === true || profile?.is_ultra_restricted === true,
      };
      if (this.#known.size > 50_000) this.#known.clear();
      this.#known.set(user, { person, until: now + paces.profileAgeMs });
      return person;
    } catch (error) {
      readFault(error);
      return undefined;
    }
  }
}
