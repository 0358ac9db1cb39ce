import type { BlockActions, Command, EventBody, MessageShortcut, TextEvent, ViewSubmission } from './payloads.ts';

/** Who acted and where, out of any payload. */
export interface Scene {
  /** Whose token answers: the team's, or the organisation's for an org-wide install. */
  readonly installation: string;
  /** The actor's own team: in a shared channel not the one we are installed in. */
  readonly team: string;
  readonly user: string;
}

export function commandScene({ is_enterprise_install: org, enterprise_id, team_id, user_id }: Command): Scene {
  const installation = String(org) === 'true' ? (enterprise_id ?? team_id) : team_id;
  return { installation, team: team_id, user: user_id };
}

export function interactionScene({
  team,
  enterprise,
  is_enterprise_install: org,
  user,
  ...rest
}: BlockActions | ViewSubmission | MessageShortcut): Scene {
  const viewTeam = 'view' in rest ? rest.view?.app_installed_team_id : undefined;
  const installed = viewTeam ?? team?.id ?? user.team_id ?? '';
  return {
    installation: org === true ? (enterprise?.id ?? installed) : installed,
    team: user.team_id ?? installed,
    user: user.id,
  };
}

export function eventInstallation({ authorizations = [], team_id }: EventBody): string {
  const [first] = authorizations;
  if (first === undefined) return team_id;
  return (first.is_enterprise_install === true ? first.enterprise_id : first.team_id) ?? team_id;
}

export function eventScene(body: EventBody, event: Pick<TextEvent, 'user' | 'team' | 'user_team'>): Scene {
  return {
    installation: eventInstallation(body),
    team: event.user_team ?? event.team ?? body.team_id,
    user: event.user ?? '',
  };
}
