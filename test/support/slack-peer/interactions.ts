import { checkOptions } from './check-blocks.ts';
import { readView } from './content.ts';
import type { Ack } from './courier.ts';
import {
  elementsOf,
  entryFor,
  findElement,
  initialEntry,
  isEmpty,
  type Located,
  optionsOf,
  type Surface,
  withEntry,
} from './elements.ts';
import { ImpossibleActError } from './errors.ts';
import { child, isJson, type Json, records, word } from './json.ts';
import { LIMITS } from './limits.ts';
import { pushView, replaceView, setStack } from './methods/views.ts';
import {
  closingParcel,
  messageActionParcel,
  submissionParcel,
  suggestionParcel,
  viewActionParcel,
} from './payloads.ts';
import type { Acting } from './person.ts';
import { type ElementState, known, messageKey, type PeerMessage, type PeerView } from './world.ts';

/** The ack of a submitted form, and what the bot has against its fields (block id → sentence). */
export interface Submitted extends Ack {
  readonly errors: Readonly<Record<string, string>> | undefined;
}

const SELECTS = ['static_select', 'external_select', 'multi_static_select', 'multi_external_select'];
const CHOICES = [
  ...SELECTS,
  ...[
    'radio_buttons',
    'checkboxes',
    'overflow',
    'users_select',
    'channels_select',
    'conversations_select',
    'datepicker',
  ],
];

/** Presses a button on a message or view. */
export async function pressButton(acting: Acting, surface: Surface, button: string): Promise<Ack> {
  const current = currentSurface(acting, surface);
  const at = findElement(current, button, ['button']);
  const { type: _, ...pressed } = at.element;
  return sendAction(acting, current, at, pressed);
}

/** Chooses in an element. Inside an input block nothing is sent, unless it has `dispatch_action`. */
export async function enterChoice(
  acting: Acting,
  surface: Surface,
  element: string,
  choice: string | readonly string[],
): Promise<Ack | undefined> {
  const current = currentSurface(acting, surface);
  const at = findElement(current, element, CHOICES);
  const typed = typeof choice === 'string' ? choice : (choice[0] ?? '');
  const offered = at.type.includes('external') ? await suggestOptions(acting, current, at.actionId, typed) : [];
  const { type: _, ...entry } = entryFor(at, choice, offered, []);
  const changed = at.type === 'overflow' ? current : remember(acting, current, at, { type: at.type, ...entry });
  if (at.block.type === 'input' && at.block.dispatch_action !== true) return undefined;
  return sendAction(acting, changed, at, entry);
}

/** Asks the bot for the options of an external select. */
export async function suggestOptions(
  acting: Acting,
  surface: Surface,
  element: string,
  typed: string,
): Promise<readonly Json[]> {
  const { world, courier, user } = acting;
  const current = currentSurface(acting, surface);
  const at = findElement(current, element, ['external_select', 'multi_external_select']);
  const place = { action_id: at.actionId, block_id: at.blockId, value: typed };
  const { body = {} } = await courier.deliver(suggestionParcel(world, user, current, place));
  const options = optionsOf(body);
  const problems: string[] = [];
  if (options.length > 0)
    checkOptions(options, LIMITS.options, '', (path, problem) => problems.push(`${path} ${problem}`));
  if (problems.length > 0) throw new Error(`Slack refuses these options: ${problems.join('; ')}`);
  return options;
}

/** Fills and submits a modal, then does what the answer says: close, clear, update, push, or show errors. */
export async function submitModal(
  acting: Acting,
  view: PeerView,
  values: Readonly<Record<string, string | readonly string[]>>,
): Promise<Submitted> {
  const { world, courier, user } = acting;
  const current = currentView(acting, view);
  if (current.type !== 'modal' || current.submit === null)
    throw new ImpossibleActError('This view has no submit button');
  const filled = { ...current, state: { values: fill(acting, current, values) } };
  setStack(
    world,
    user.id,
    stackOf(acting).map((open) => (open.id === filled.id ? filled : open)),
  );
  const ack = await courier.deliver(submissionParcel(world, user, filled));
  return { ...ack, errors: obey(acting, filled, ack.body ?? {}) };
}

/** Closes the person's topmost modal or, with `all`, every one; tells the bot when it wants to know. */
export async function closeModal(acting: Acting, view: PeerView, all: boolean): Promise<void> {
  const { world, courier, user } = acting;
  const current = currentView(acting, view);
  const stack = stackOf(acting);
  const cleared = all || current.clear_on_close;
  const closed = cleared ? stack : stack.filter((open) => open.id === current.id);
  setStack(world, user.id, cleared ? [] : stack.filter((open) => open.id !== current.id));
  const told = closed.filter((each) => each.notify_on_close);
  await Promise.all(told.map((each) => courier.deliver(closingParcel(world, user, each, cleared))));
}

function sendAction(acting: Acting, surface: Surface, at: Located, entered: Json): Promise<Ack> {
  const { world, courier, user } = acting;
  const place = { action_id: at.actionId, block_id: at.blockId, type: at.type };
  const action = { ...entered, ...place, action_ts: world.nextTs() };
  if (!('channel' in surface)) return courier.deliver(viewActionParcel(world, user, surface, action));
  const values = world.entered.get(enteredKey(acting, surface)) ?? {};
  return courier.deliver(messageActionParcel(world, user, surface, values, action));
}

function remember(acting: Acting, surface: Surface, at: Located, entry: Json): Surface {
  const { world, user } = acting;
  if ('channel' in surface) {
    const key = enteredKey(acting, surface);
    world.entered.set(key, withEntry(world.entered.get(key) ?? {}, at, entry));
    return surface;
  }
  const changed = { ...surface, state: { values: withEntry(surface.state.values, at, entry) } };
  if (changed.type === 'home') world.homes.set(user.id, changed);
  else
    setStack(
      world,
      user.id,
      stackOf(acting).map((open) => (open.id === changed.id ? changed : open)),
    );
  return changed;
}

function enteredKey({ user }: Acting, { channel, ts }: PeerMessage): string {
  return `${user.id}:${messageKey(channel, ts)}`;
}

/** The message or view as it stands now; an old copy in a test's hand may have been edited since. */
function currentSurface(acting: Acting, surface: Surface): Surface {
  if (!('channel' in surface)) return currentView(acting, surface);
  const { world, user } = acting;
  const key = messageKey(surface.channel, surface.ts);
  const message = world.messages.get(key) ?? world.ephemerals.get(key);
  if (!message) throw new ImpossibleActError(`Message ${surface.ts} is gone`);
  const sees = message.ephemeral_to ?? user.id;
  const { members } = known(world.channels, surface.channel, 'channel');
  if (sees !== user.id || !members.has(user.id)) throw new ImpossibleActError(`${user.id} cannot see ${surface.ts}`);
  return message;
}

function currentView(acting: Acting, { id }: PeerView): PeerView {
  const home = acting.world.homes.get(acting.user.id);
  const found = [...stackOf(acting), ...(home ? [home] : [])].find((view) => view.id === id);
  if (!found) throw new ImpossibleActError(`${acting.user.id} has no view ${id} open`);
  return found;
}

function stackOf({ world, user }: Acting): readonly PeerView[] {
  return world.modals.get(user.id) ?? [];
}

function fill(
  { world }: Acting,
  view: PeerView,
  values: Readonly<Record<string, string | readonly string[]>>,
): ElementState {
  const entered = new Map(Object.entries(values).map(([name, value]) => [findElement(view, name).element, value]));
  let state = view.state.values;
  for (const at of elementsOf(view).filter(({ type }) => type !== 'button')) {
    const value = entered.get(at.element);
    const ids = typeof value === 'string' ? [value] : (value ?? []);
    const files = at.type === 'file_input' ? ids.map((id) => known(world.files, id, 'file').meta) : [];
    const before = view.state.values[at.blockId]?.[at.actionId] ?? initialEntry(at);
    const entry = value === undefined ? before : entryFor(at, value, [], files);
    if (at.block.type === 'input' && at.block.optional !== true && isEmpty(entry)) {
      throw new ImpossibleActError(`"${at.label}" (${at.blockId}) must be filled in`);
    }
    state = withEntry(state, at, entry);
  }
  return state;
}

function obey(acting: Acting, view: PeerView, answer: Json): Readonly<Record<string, string>> | undefined {
  const { world, user } = acting;
  const team = known(world.teams, user.teamId, 'team');
  const stack = stackOf(acting);
  switch (answer.response_action) {
    case 'errors':
      return readErrors(view, child(answer, 'errors'));
    case 'update':
      replaceView(world, team, user.id, view, readView(answer.view));
      return undefined;
    case 'push':
      pushView(world, team, user.id, readView(answer.view));
      return undefined;
    case 'clear':
      setStack(world, user.id, []);
      return undefined;
    case undefined:
      setStack(
        world,
        user.id,
        stack.filter((open) => open.id !== view.id),
      );
      return undefined;
    default:
      throw new Error(`Slack knows no response_action ${String(answer.response_action)}`);
  }
}

function readErrors(view: PeerView, errors: Json): Readonly<Record<string, string>> {
  const inputs = records(view.blocks).filter((block) => block.type === 'input');
  const unknown = Object.keys(errors).filter((id) => !inputs.some((block) => block.block_id === id));
  const empty = Object.keys(errors).length === 0 || !isJson(errors);
  if (unknown.length > 0 || empty) throw new Error(`Slack shows no errors for: ${unknown.join(', ') || 'nothing'}`);
  return Object.fromEntries(Object.entries(errors).map(([id, sentence]) => [id, word(sentence)]));
}
