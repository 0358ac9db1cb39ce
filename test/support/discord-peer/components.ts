import { isObject, type JsonObject, numberIn, objectIn, objectsIn } from './json.ts';

/** Component types from Discord's "Component Reference". */
export const componentType = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  textDisplay: 10,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** A component and where it stands, as `components.0.components.1`. */
export interface PlacedComponent {
  readonly path: string;
  readonly component: JsonObject;
}

/** Every component of a tree, parents before children: rows, sections with their accessory, containers, labels. */
export function flatten(components: readonly JsonObject[], at = 'components'): readonly PlacedComponent[] {
  return components.flatMap((component, index) => {
    const path = `${at}.${index}`;
    const single = (['accessory', 'component'] as const).flatMap((key) => {
      const child = objectIn(component, key);
      if (child === undefined) return [];
      return [
        { path: `${path}.${key}`, component: child },
        ...flatten(objectsIn(child, 'components'), `${path}.${key}`),
      ];
    });
    return [{ path, component }, ...single, ...flatten(objectsIn(component, 'components'), `${path}.components`)];
  });
}

/** Gives each component without an `id` the next free number, as Discord does. */
export function withIds(components: readonly JsonObject[]): readonly JsonObject[] {
  const taken = new Set(flatten(components).map(({ component }) => numberIn(component, 'id')));
  let next = 0;
  const fresh = (): number => {
    do next += 1;
    while (taken.has(next));
    return next;
  };
  const number = (component: JsonObject): JsonObject => {
    const id = numberIn(component, 'id') || fresh();
    const children = Object.entries(component).map(([key, value]) => {
      if (key === 'components' && Array.isArray(value)) return [key, value.filter(isObject).map(number)];
      return (key === 'accessory' || key === 'component') && isObject(value) ? [key, number(value)] : [key, value];
    });
    return { ...Object.fromEntries(children), id };
  };
  return components.map(number);
}
