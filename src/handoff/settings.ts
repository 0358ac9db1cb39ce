import type { Locale } from '../text/locale.ts';
import type { Sender } from './case.ts';
import type { Hours } from './hours.ts';
import type { Route } from './routes.ts';

/** A desk as people see it before anything is sent. */
export interface KnownDesk {
  readonly name: string;
  readonly country: string;
  readonly language: Locale;
}

/** What an operator has configured about handing over. Nothing configured: every case is given to copy. */
export interface HandoffSettings {
  readonly sender: Sender;
  /** Fields of every ticket that are always the same. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly hours: Readonly<Record<string, Hours>>;
  readonly desks: Readonly<Record<string, KnownDesk>>;
  readonly routes: readonly Route[];
  /** By workspace: the entry of `hours` in which its help desk works. */
  readonly agentHours: Readonly<Record<string, string>>;
}

export const noDesks: HandoffSettings = {
  sender: { kind: 'customer', name: '', timeZone: 'UTC' },
  defaults: {},
  hours: {},
  desks: {},
  routes: [],
  agentHours: {},
};
