import type { Delivery } from './courier.ts';
import { elementsOf, type Surface, textOf } from './elements.ts';
import type { World } from './world.ts';

/** What is to be seen in this Slack, a line a thing: for the error of a wait that came to nothing. */
export function describeWorld(world: World, deliveries: readonly Delivery[]): string {
  return [
    ...[...world.messages.values()].map(
      (each) => `message ${each.channel} ${each.thread_ts ?? ''} ${each.user}: ${line(each)}`,
    ),
    ...[...world.ephemerals.values()].map((each) => `ephemeral to ${each.ephemeral_to}: ${line(each)}`),
    ...[...world.modals].flatMap(([user, stack]) => stack.map((view) => `modal of ${user}: ${line(view)}`)),
    ...[...world.homes].map(([user, view]) => `home of ${user}: ${line(view)}`),
    ...world.calls
      .slice(-20)
      .map((call) => `call ${call.method}: ${call.answer?.error ?? (call.answer ? 'ok' : 'no answer')}`),
    ...deliveries
      .slice(-20)
      .map((each) => `sent ${each.type}: ${each.failure ?? `acknowledged in ${each.ackMs?.toFixed()} ms`}`),
  ].join('\n');
}

function line(surface: Surface): string {
  const labels = elementsOf(surface).map((element) => `[${element.label}]`);
  return [JSON.stringify(textOf(surface).slice(0, 160)), ...labels].join(' ');
}
