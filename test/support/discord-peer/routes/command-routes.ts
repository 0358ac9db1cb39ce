import { refusals } from '../api-error.ts';
import { commandLimits, problemsInCommand } from '../command-limits.ts';
import type { ApiRequest, Route } from '../http-server.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { PeerState } from '../state.ts';

const CREATES_PER_DAY = 200;
const DAY_MS = 24 * 60 * 60_000;

/** Registering application commands, globally and for one guild. Entries are kept by id; `guild_id` names the scope. */
export function commandRoutes(state: PeerState): readonly Route[] {
  return ['/applications/:application_id', '/applications/:application_id/guilds/:guild_id'].flatMap((scope) =>
    routesOf(state, scope),
  );
}

function routesOf(state: PeerState, scope: string): readonly Route[] {
  const { commands } = state;
  const createdAt: number[] = [];
  const inScope = ({ params }: ApiRequest): readonly JsonObject[] => {
    if (params.application_id !== state.applicationId) throw refusals.missingAccess();
    if (params.guild_id !== undefined && !state.world.guilds.has(params.guild_id)) throw refusals.missingAccess();
    return [...commands.values()].filter((command) => command.guild_id === params.guild_id);
  };
  const one = (request: ApiRequest): JsonObject => {
    const found = inScope(request).find((command) => command.id === request.params.command_id);
    if (found === undefined) throw refusals.unknownCommand();
    return found;
  };
  /** Names are unique within a type, so writing one that exists replaces it under its id. */
  const write = (
    request: ApiRequest,
    command: JsonObject,
  ): { readonly command: JsonObject; readonly fresh: boolean } => {
    const problems = problemsInCommand(command);
    if (problems.length > 0) throw refusals.invalidBody(problems);
    const same = inScope(request).find((known) => known.name === command.name && known.type === (command.type ?? 1));
    if (same === undefined) {
      createdAt.push(state.now());
      if (createdAt.filter((at) => state.now() - at < DAY_MS).length > CREATES_PER_DAY)
        throw refusals.tooManyCommandCreates();
    }
    const id = typeof same?.id === 'string' ? same.id : state.newId();
    const stored = storedCommand(state, id, command, request.params.guild_id);
    commands.set(id, stored);
    refuseTooMany(inScope(request));
    return { command: stored, fresh: same === undefined };
  };
  const path = `${scope}/commands` as const;
  return [
    {
      method: 'GET',
      path,
      auth: 'bot',
      handle: (request) => {
        const full = request.query.get('with_localizations') === 'true';
        return { status: 200, body: full ? inScope(request) : inScope(request).map(withoutLocalizations) };
      },
    },
    {
      method: 'POST',
      path,
      auth: 'bot',
      handle: (request) => {
        const { command, fresh } = write(request, request.body);
        return { status: fresh ? 201 : 200, body: command };
      },
    },
    {
      method: 'PUT',
      path,
      auth: 'bot',
      handle: (request) => {
        const wanted = Array.isArray(request.rawBody) ? request.rawBody.filter(isObject) : [];
        refuseTooMany(wanted);
        const kept = new Set(wanted.map((command) => `${command.type ?? 1} ${command.name}`));
        const before = inScope(request);
        const written = wanted.map((command) => write(request, command).command);
        for (const old of before) if (!kept.has(`${old.type} ${old.name}`)) commands.delete(String(old.id));
        return { status: 200, body: written };
      },
    },
    {
      method: 'GET',
      path: `${path}/:command_id`,
      auth: 'bot',
      handle: (request) => ({ status: 200, body: one(request) }),
    },
    {
      method: 'PATCH',
      path: `${path}/:command_id`,
      auth: 'bot',
      handle: (request) => {
        const changed = { ...one(request), ...request.body };
        const problems = problemsInCommand(changed);
        if (problems.length > 0) throw refusals.invalidBody(problems);
        const stored = { ...changed, version: state.newId() };
        commands.set(request.params.command_id ?? '', stored);
        return { status: 200, body: stored };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:command_id`,
      auth: 'bot',
      handle: (request) => {
        commands.delete(String(one(request).id));
        return { status: 204 };
      },
    },
  ];
}

function storedCommand(state: PeerState, id: string, command: JsonObject, guildId: string | undefined): JsonObject {
  return {
    type: 1,
    description: '',
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    ...(guildId === undefined ? { integration_types: [0], contexts: null } : { guild_id: guildId }),
    ...command,
    id,
    application_id: state.applicationId,
    version: state.newId(),
  };
}

function withoutLocalizations(command: JsonObject): JsonObject {
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = command;
  return rest;
}

function refuseTooMany(commands: readonly JsonObject[]): void {
  for (const [type, limit] of Object.entries(commandLimits)) {
    if (commands.filter((command) => (command.type ?? 1) === Number(type)).length > limit) {
      throw refusals.invalidBody([
        { path: '', code: 'APPLICATION_COMMANDS_TOO_MANY', message: `over ${limit} of type ${type}` },
      ]);
    }
  }
}
