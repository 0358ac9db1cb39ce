import { z } from 'zod';
import { locales } from '../text/locale.ts';

/** How open a conversation's place is: a thread of the people concerned, one everybody in the channel reads, or a direct message. */
export const placeKinds = ['private', 'public', 'direct'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** What a tenant has chosen. A member that is absent means: as the bot does by itself. */
export const Workspace = z.strictObject({
  /** The language where a person's own is not known or not wanted. */
  locale: z.enum(locales).optional(),
  place: z.enum(placeKinds).optional(),
  /** Ids of people, or of groups or roles of the platform, who may answer for requesters. */
  agents: z.array(z.string()).optional(),
  /** The same for those who may also override. */
  leads: z.array(z.string()).optional(),
  /** The channel of the help desk, as the platform names it. */
  agentChannel: z.string().optional(),
});
export type Workspace = z.infer<typeof Workspace>;
