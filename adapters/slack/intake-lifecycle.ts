import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../src/ports/log.ts';
import type { Installations } from './installations.ts';

const Gone = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  event_time: z.number(),
  event: z.object({
    type: z.string(),
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
  }),
});

/** Forgets the tokens of a team that removed the app or revoked them. Conversations stay until their time is over. */
export function listenForRemovals(app: App, installations: Installations, log: Log): void {
  app.event(/^(app_uninstalled|tokens_revoked)$/, async ({ body }) => {
    const gone = Gone.safeParse(body).data;
    if (gone === undefined) return;
    const { event, team_id, enterprise_id, event_time } = gone;
    if (event.type === 'tokens_revoked' && (event.tokens?.bot ?? []).length === 0) return;
    // An organisation's installation ends with an event that names one of its teams.
    const ofTeam = team_id != null && (await installations.remove(team_id, event_time));
    if (!ofTeam && enterprise_id != null) await installations.remove(enterprise_id, event_time);
    log.info({ team: team_id, event: event.type }, 'slack: installation removed');
  });
}
