import type { Locale } from '../text/locale.ts';

/** What people chose for themselves, by tenant. Erased with a person's data. */
export interface PreferenceStore {
  /** The language a person wants to be spoken to in; undefined where they chose none. */
  localeOf(workspace: string, person: string): Promise<Locale | undefined>;
  /** Replaces what they chose. */
  choose(workspace: string, person: string, locale: Locale): Promise<void>;
}
