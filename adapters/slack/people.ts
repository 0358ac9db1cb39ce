import type { webApi } from '@slack/bolt';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { type Locale, localeFromTag } from '../../src/text/locale.ts';
import { readFault } from './faults.ts';
import { paces } from './limits.ts';
import type { Scene } from './scene.ts';
import type { SlackWeb } from './web.ts';
import { within } from './within.ts';

export interface Person {
  readonly locale: Locale | undefined;
  readonly isAdmin: boolean;
  /** A guest of the workspace, or somebody of another organisation who is met in a shared channel. */
  readonly isGuest: boolean;
}

type Profile = NonNullable<webApi.UsersInfoResponse['user']>;

/** What Slack knows about people, which no payload carries (https://github.com/slack-go/slack/issues/1602): kept for a day. */
export class People {
  readonly #web: SlackWeb;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #known = new Map<string, { readonly person: Person; readonly until: number }>();

  constructor(web: SlackWeb, clock: Clock, log: Log) {
    this.#web = web;
    this.#clock = clock;
    this.#log = log;
  }

  /** The person's own language where it is known: nobody is asked. */
  localeOf(scene: Scene): Locale | undefined {
    return this.#known.get(key(scene))?.person.locale;
  }

  /** Whether the person is a guest, as far as it is known: nobody is asked. An actor of another team is one until Slack says no. */
  seemsGuest(scene: Scene): boolean {
    const known = this.#known.get(key(scene));
    return known === undefined
      ? !isOrganisation(scene.installation) && scene.team !== scene.installation
      : known.person.isGuest;
  }

  /** Whether the person is a guest. Slack is asked where it is not known; where it does not answer at once, they are one. */
  async isGuest(scene: Scene): Promise<boolean> {
    const person = await within(paces.askBeforeAckMs, this.learn(scene));
    return person?.isGuest ?? true;
  }

  /** Asks Slack where nothing is known; undefined where Slack does not tell. */
  async learn(scene: Scene): Promise<Person | undefined> {
    const { installation, user } = scene;
    const now = this.#clock.now().getTime();
    const known = this.#known.get(key(scene));
    if (known !== undefined && known.until > now) return known.person;
    try {
      const client = await this.#web.client(installation);
      const { user: profile = {} } = await client.users.info({ user, include_locale: true });
      const restricted = profile.is_restricted === true || profile.is_ultra_restricted === true;
      const person = {
        locale: localeFromTag(profile.locale),
        isAdmin: profile.is_admin === true || profile.is_owner === true,
        isGuest: restricted || !(await this.#isOurs(client, scene, profile)),
      };
      if (this.#known.size > 50_000) this.#known.clear();
      this.#known.set(key(scene), { person, until: now + paces.profileAgeMs });
      return person;
    } catch (error) {
      this.#log.warn({ user, fault: readFault(error) }, 'slack: person not read');
      return undefined;
    }
  }

  /** Of the installed team, or of another team of its organisation (https://docs.slack.dev/apis/slack-connect). */
  async #isOurs(client: webApi.WebClient, { installation }: Scene, profile: Profile): Promise<boolean> {
    if (profile.team_id === installation) return true;
    const organisation = profile.enterprise_user?.enterprise_id;
    if (organisation === undefined) return false;
    return organisation === (isOrganisation(installation) ? installation : (await client.auth.test()).enterprise_id);
  }
}

function isOrganisation(installation: string): boolean {
  return installation.startsWith('E');
}

function key({ installation, user }: Scene): string {
  return `${installation}/${user}`;
}
