import { readView } from '../content.ts';
import { SlackError } from '../errors.ts';
import { isJson, type Json, word } from '../json.ts';
import { LIMITS } from '../limits.ts';
import type { PeerView, Team, Trigger, World } from '../world.ts';
import { type Method, type Methods, type Request, required } from './method.ts';

const open: Method = {
  auth: 'bot',
  run(request) {
    const content = readView(request.args.view);
    const trigger = useTrigger(request);
    if (content.type !== 'modal') throw new SlackError('invalid_arguments');
    const view = createView(request.world, request.team, content);
    setStack(request.world, trigger.userId, [view]);
    return { view };
  },
};

const push: Method = {
  auth: 'bot',
  run(request) {
    const content = readView(request.args.view);
    const trigger = useTrigger(request);
    const stack = request.world.modals.get(trigger.userId) ?? [];
    if (trigger.viewId === undefined || !stack.some((view) => view.id === trigger.viewId)) {
      throw new SlackError('not_found');
    }
    return { view: pushView(request.world, request.team, trigger.userId, content) };
  },
};

const update: Method = {
  auth: 'bot',
  run({ world, team, args }) {
    const content = readView(args.view);
    for (const [userId, stack] of world.modals) {
      const old = stack.find((view) =>
        word(args.view_id) !== ''
          ? view.id === args.view_id
          : view.external_id !== '' && view.external_id === args.external_id,
      );
      if (old?.team_id === team.id) {
        refuseOldHash(args, old);
        return { view: replaceView(world, team, userId, old, content) };
      }
    }
    throw new SlackError('not_found');
  },
};

const publish: Method = {
  auth: 'bot',
  run({ world, team, args }) {
    const userId = required(args, 'user_id');
    if (world.users.get(userId)?.teamId !== team.id) throw new SlackError('user_not_found');
    const content = readView(args.view);
    if (content.type !== 'home') throw new SlackError('invalid_arguments');
    const old = world.homes.get(userId);
    if (old) refuseOldHash(args, old);
    const view = createView(world, team, content, old && { id: old.id });
    world.homes.set(userId, view);
    return { view };
  },
};

/** The `views.*` methods. */
export const viewMethods: Methods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

/** Puts a view on top of the person's modals. Throws `push_limit_reached` above three. */
export function pushView(world: World, team: Team, userId: string, content: Json): PeerView {
  const stack = world.modals.get(userId) ?? [];
  const [root] = stack;
  const top = stack.at(-1);
  if (stack.length >= LIMITS.viewStack) throw new SlackError('push_limit_reached');
  const place = root && top && { root_view_id: root.id, previous_view_id: top.id };
  const view = createView(world, team, content, place);
  setStack(world, userId, [...stack, view]);
  return view;
}

/** Replaces a modal in place. What was entered stays where block and action keep their ids. */
export function replaceView(world: World, team: Team, userId: string, old: PeerView, content: Json): PeerView {
  const { id, root_view_id, previous_view_id, state } = old;
  const view = createView(world, team, content, { id, root_view_id, previous_view_id, state });
  const stack = world.modals.get(userId) ?? [];
  setStack(
    world,
    userId,
    stack.map((open) => (open.id === id ? view : open)),
  );
  return view;
}

/** Sets the person's modals, bottom first; an empty list closes all. */
export function setStack(world: World, userId: string, stack: PeerView[]): void {
  world.modals.set(userId, stack);
  world.changes.changed();
}

function createView(world: World, team: Team, content: Json, place: Partial<PeerView> = {}): PeerView {
  const id = place.id ?? world.nextId('V');
  const taken = [...world.modals.values()].flat().find((view) => view.external_id === content.external_id);
  if (word(content.external_id) !== '' && taken && taken.id !== id) throw new SlackError('duplicate_external_id');
  return {
    id,
    team_id: team.id,
    type: content.type === 'home' ? 'home' : 'modal',
    blocks: Array.isArray(content.blocks) ? content.blocks : [],
    private_metadata: word(content.private_metadata),
    callback_id: word(content.callback_id),
    state: place.state ?? { values: {} },
    hash: `${Math.floor(world.now() / 1000)}.${world.nextId('')}`,
    title: isJson(content.title) ? content.title : null,
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    close: isJson(content.close) ? content.close : null,
    submit: isJson(content.submit) ? content.submit : null,
    previous_view_id: place.previous_view_id ?? null,
    root_view_id: place.root_view_id ?? id,
    app_id: world.app.id,
    external_id: word(content.external_id),
    app_installed_team_id: team.id,
    bot_id: team.botId,
  };
}

function useTrigger({ world, team, args }: Request): Trigger {
  const trigger = world.triggers.get(required(args, 'trigger_id'));
  if (trigger?.teamId !== team.id) throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (world.now() - trigger.issuedAt > LIMITS.triggerAgeMs) throw new SlackError('expired_trigger_id');
  trigger.used = true;
  return trigger;
}

function refuseOldHash(args: Json, current: PeerView): void {
  if (word(args.hash) !== '' && args.hash !== current.hash) throw new SlackError('hash_conflict');
}
