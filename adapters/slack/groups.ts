import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Afterwards } from './afterwards.ts';
import { readFault } from './faults.ts';
import { paces } from './limits.ts';
import type { Scene } from './scene.ts';
import type { SlackWeb } from './web.ts';
import { within } from './within.ts';

/** A user group of a Slack workspace. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
}

interface Members {
  readonly users: readonly string[];
  readonly until: number;
}

/** Whether an id of the settings names a user group and not a person. */
export function isGroup(id: string): boolean {
  return id.startsWith('S');
}

/** The user groups of the workspaces, and who is in them, as last read. */
export class Groups {
  readonly #web: SlackWeb;
  readonly #clock: Clock;
  readonly #afterwards: Afterwards;
  readonly #log: Log;
  readonly #members = new Map<string, Members>();

  constructor(web: SlackWeb, clock: Clock, afterwards: Afterwards, log: Log) {
    this.#web = web;
    this.#clock = clock;
    this.#afterwards = afterwards;
    this.#log = log;
  }

  /** All groups by name. None where Slack does not tell: the scope came after the installation, or the plan has none. */
  async list(scene: Scene): Promise<readonly Group[]> {
    try {
      const client = await this.#web.client(scene.installation);
      const { usergroups = [] } = await client.usergroups.list(teamOf(scene));
      return usergroups
        .map(({ id = '', name = '', handle = '' }) => ({ id, name, handle }))
        .toSorted((one, other) => one.name.localeCompare(other.name));
    } catch (error) {
      this.#log.warn({ team: scene.team, fault: readFault(error) }, 'slack: user groups not read');
      return [];
    }
  }

  /**
   * Whether the actor is in one of the groups. What was never read is asked before the ack, for a moment; what grew old is
   * read again afterwards.
   */
  async hasActor(scene: Scene, groups: readonly string[]): Promise<boolean> {
    const all = await Promise.all(groups.map((group) => this.#membersOf(scene, group)));
    return all.some((users) => users.includes(scene.user));
  }

  async #membersOf(scene: Scene, group: string): Promise<readonly string[]> {
    const known = this.#members.get(key(scene, group));
    if (known === undefined) return (await within(paces.askBeforeAckMs, this.#read(scene, group))) ?? [];
    if (known.until <= this.#clock.now().getTime()) {
      this.#keep(scene, group, known.users);
      this.#afterwards.run('members of a group', () => this.#read(scene, group));
    }
    return known.users;
  }

  async #read(scene: Scene, group: string): Promise<readonly string[]> {
    try {
      const client = await this.#web.client(scene.installation);
      const { users = [] } = await client.usergroups.users.list({ usergroup: group, ...teamOf(scene) });
      return this.#keep(scene, group, users);
    } catch (error) {
      this.#log.warn({ team: scene.team, group, fault: readFault(error) }, 'slack: members of a group not read');
      return this.#keep(scene, group, this.#members.get(key(scene, group))?.users ?? []);
    }
  }

  #keep(scene: Scene, group: string, users: readonly string[]): readonly string[] {
    this.#members.set(key(scene, group), { users, until: this.#clock.now().getTime() + paces.groupAgeMs });
    return users;
  }
}

/** The token of an organisation does not say which team is meant (https://docs.slack.dev/reference/methods/usergroups.list). */
function teamOf({ installation, team }: Scene): { readonly team_id?: string } {
  return installation === team ? {} : { team_id: team };
}

function key({ installation }: Scene, group: string): string {
  return `${installation}/${group}`;
}
