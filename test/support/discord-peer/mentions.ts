import { type JsonObject, objectIn, textsIn } from './json.ts';

/** The role, person and everyone mentions a message would send out, given its `allowed_mentions`. */
export function mentionsThatPing(body: JsonObject, texts: readonly string[]): readonly string[] {
  const allowed = objectIn(body, 'allowed_mentions');
  const parse = allowed === undefined ? ['users', 'roles', 'everyone'] : textsIn(allowed, 'parse');
  const listed = (kind: 'users' | 'roles', id: string): boolean =>
    parse.includes(kind) || (allowed !== undefined && textsIn(allowed, kind).includes(id));
  const pings = texts.flatMap((text) => {
    const people = [...text.matchAll(/<@!?(\d+)>/g)].filter(([, id]) => listed('users', id ?? ''));
    const roles = [...text.matchAll(/<@&(\d+)>/g)].filter(([, id]) => listed('roles', id ?? ''));
    const all = parse.includes('everyone') ? [...text.matchAll(/@(everyone|here)\b/g)] : [];
    return [...people, ...roles, ...all].map(([written]) => written);
  });
  return [...new Set(pings)];
}
