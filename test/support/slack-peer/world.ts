import { randomBytes } from 'node:crypto';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { Json } from './json.ts';

export interface SlackApp {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly appToken: string;
}

export interface Team {
  readonly id: string;
  readonly domain: string;
  /** The organisation the team belongs to. */
  readonly enterpriseId?: string;
  /** Whether the app is installed in the whole organisation, and not in the team. */
  readonly orgWide: boolean;
  readonly botUserId: string;
  readonly botId: string;
  readonly botToken: string;
  readonly scopes: readonly string[];
  readonly rotates: boolean;
  readonly groups: readonly UserGroup[];
}

export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly users: readonly string[];
}

export interface User {
  readonly id: string;
  /** The team whose channels the person uses. */
  readonly teamId: string;
  /** Their own team, where it is another that shares channels, and its organisation. */
  readonly home?: { readonly teamId: string; readonly enterpriseId?: string };
  readonly name: string;
  readonly locale: string;
  readonly isAdmin?: boolean;
  readonly isGuest?: boolean;
}

export interface Channel {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im';
  readonly members: Set<string>;
  isArchived: boolean;
  hasBot: boolean;
}

/** A message as Slack shows it. `ephemeral_to` is ours: the one person who sees it. */
export interface PeerMessage {
  readonly type: 'message';
  readonly channel: string;
  readonly ts: string;
  readonly team: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly thread_ts?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly client_msg_id?: string;
  readonly subtype?: 'file_share';
  readonly metadata?: Json;
  readonly files?: readonly Json[];
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly ephemeral_to?: string;
}

export type MessageChange =
  | { readonly kind: 'posted'; readonly message: PeerMessage }
  | { readonly kind: 'changed'; readonly message: PeerMessage; readonly previous: PeerMessage }
  | { readonly kind: 'deleted'; readonly previous: PeerMessage };

/** A modal or home tab as Slack sends it in payloads. */
export interface PeerView {
  readonly id: string;
  readonly team_id: string;
  readonly type: 'modal' | 'home';
  readonly blocks: readonly Json[];
  readonly private_metadata: string;
  readonly callback_id: string;
  readonly external_id: string;
  readonly state: { readonly values: ElementState };
  readonly hash: string;
  readonly title: Json | null;
  readonly submit: Json | null;
  readonly close: Json | null;
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
  readonly previous_view_id: string | null;
  readonly root_view_id: string;
  readonly app_id: string;
  readonly app_installed_team_id: string;
  readonly bot_id: string;
}

/** block_id → action_id → what the person has entered there. */
export type ElementState = Readonly<Record<string, Readonly<Record<string, Json>>>>;

export interface PeerFile {
  readonly id: string;
  readonly teamId: string;
  readonly content: Buffer;
  readonly meta: Json;
  readonly isBroken: boolean;
}

export interface Grant {
  readonly kind: 'bot' | 'app';
  readonly teamId: string;
  readonly scopes: readonly string[];
  revoked: boolean;
}

export interface Trigger {
  readonly userId: string;
  readonly teamId: string;
  readonly issuedAt: number;
  /** The modal the person acted in, for `views.push`. */
  readonly viewId: string | undefined;
  used: boolean;
}

export interface ResponseUrl {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string | undefined;
  readonly issuedAt: number;
  /** What `replace_original` and `delete_original` act on. A slash command has none. */
  readonly original: PeerMessage | undefined;
  uses: number;
}

/** One Web API or response_url request as it was received, and what was answered. */
export interface Call {
  readonly method: string;
  readonly teamId: string | undefined;
  readonly args: Json;
  readonly at: number;
  answer: Json | undefined;
}

/** Everything this Slack knows. Times are milliseconds of `now()`. */
export interface World {
  readonly app: SlackApp;
  readonly now: () => number;
  readonly changes: Changes;
  readonly faults: Faults;
  readonly teams: Map<string, Team>;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly grants: Map<string, Grant>;
  readonly codes: Map<string, { readonly teamId: string; used: boolean }>;
  readonly messages: Map<string, PeerMessage>;
  readonly ephemerals: Map<string, PeerMessage>;
  readonly modals: Map<string, PeerView[]>;
  readonly homes: Map<string, PeerView>;
  readonly files: Map<string, PeerFile>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly calls: Call[];
  /** What the person has chosen in the elements of a message, by person and message. */
  readonly entered: Map<string, ElementState>;
  readonly lastPostAt: Map<string, number>;
  /** Told of each message the bot posts, edits or deletes, so that its events go out. */
  readonly botMessages: { listener: (change: MessageChange) => void };
  limitPosting: boolean;
  baseUrl: string;
  nextTs(): string;
  nextId(prefix: string): string;
}

/** An empty Slack with one app and no team. */
export function createWorld(app: SlackApp, now: () => number, changes: Changes, faults: Faults): World {
  let lastMicros = 0;
  let count = 0;
  return {
    ...{ app, now, changes, faults, limitPosting: false, baseUrl: '', calls: [] },
    ...{ teams: new Map(), users: new Map(), channels: new Map(), grants: new Map(), codes: new Map() },
    ...{ messages: new Map(), ephemerals: new Map(), modals: new Map(), homes: new Map(), files: new Map() },
    ...{ triggers: new Map(), responseUrls: new Map(), entered: new Map(), lastPostAt: new Map() },
    botMessages: { listener: () => undefined },
    nextTs() {
      lastMicros = Math.max(lastMicros + 100, Math.floor(now()) * 1000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    nextId(prefix) {
      count += 1;
      return `${prefix}${count.toString(36).toUpperCase().padStart(6, '0')}${randomBytes(2).toString('hex').toUpperCase()}`;
    },
  };
}

/** The key of a message in `World.messages`. */
export function messageKey(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

/** The entry of a map, or an error that names what is missing: for ids that the test itself gave. */
export function known<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`This Slack has no ${what} ${id}; it has ${[...map.keys()].join(', ')}`);
  return value;
}

/** A fresh `trigger_id` for something a person did: 3 s, one use. */
export function issueTrigger(world: World, userId: string, viewId?: string): string {
  const id = `${Math.floor(world.now())}.${userId}.${randomBytes(8).toString('hex')}`;
  const { teamId } = known(world.users, userId, 'user');
  world.triggers.set(id, { userId, teamId, viewId, issuedAt: world.now(), used: false });
  return id;
}

/** A fresh `response_url`: 5 uses, 30 minutes. `kind` is the path Slack uses: commands, actions or app. */
export function issueResponseUrl(world: World, kind: string, to: Omit<ResponseUrl, 'issuedAt' | 'uses'>): string {
  const path = `/${kind}/${to.teamId}/${randomBytes(9).toString('hex')}`;
  world.responseUrls.set(path, { ...to, issuedAt: world.now(), uses: 0 });
  return world.baseUrl + path;
}
