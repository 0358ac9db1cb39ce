import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Problem } from './api-error.ts';
import { isObject, type JsonObject, numberIn } from './json.ts';

const DOCUMENT = new URL('../../../../shared/specs/discord/openapi.json', import.meta.url);
const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback';
// The document wants an integer; "Application Commands" says and shows a string, and that is what Discord takes.
const PERMISSIONS_AS_TEXT = /\/default_member_permissions$/;

/** The schemas of the callback body by its `type`, so that an error speaks of one of them and not of all. */
const callbackSchemas: Readonly<Record<number, string>> = {
  1: 'PongInteractionCallbackRequest',
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  8: 'ApplicationCommandAutocompleteCallbackRequest',
  9: 'ModalInteractionCallbackRequest',
};

/** Checks request bodies against Discord's own OpenAPI document. */
export interface SpecCheck {
  /** False in a clone without the document: then nothing is refused here. */
  readonly available: boolean;
  /** `path` is the document's own, as `/channels/{channel_id}/messages`. A route without a body schema passes. */
  problemsIn(method: string, path: string, body: unknown): readonly Problem[];
}

let shared: SpecCheck | undefined;

/** Loads the document once a process; a schema is compiled when a body first needs it. */
export function loadSpecCheck(): SpecCheck {
  shared ??= existsSync(DOCUMENT)
    ? createSpecCheck(JSON.parse(readFileSync(DOCUMENT, 'utf8')))
    : { available: false, problemsIn: () => [] };
  return shared;
}

function createSpecCheck(document: JsonObject): SpecCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', /^\d+$/);
  for (const format of ['nonce', 'int32', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addSchema(document, 'discord');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const fresh = ajv.compile({ $ref: `discord#${pointer}` });
    compiled.set(pointer, fresh);
    return fresh;
  };
  return {
    available: true,
    problemsIn(method, path, body) {
      const pointer = pointerTo(document, method, path, body);
      if (pointer === undefined) return [];
      const validate = validator(pointer);
      if (validate(body)) return [];
      const errors = (validate.errors ?? []).filter(({ instancePath }) => !PERMISSIONS_AS_TEXT.test(instancePath));
      return errors.map((error) => ({
        path: error.instancePath.slice(1).replaceAll('/', '.'),
        code: `SCHEMA_${error.keyword.toUpperCase()}`,
        message: error.message ?? error.keyword,
      }));
    },
  };
}

function pointerTo(document: JsonObject, method: string, path: string, body: unknown): string | undefined {
  if (path === CALLBACK) {
    const schema = callbackSchemas[isObject(body) ? (numberIn(body, 'type') ?? 0) : 0];
    if (schema !== undefined) return `/components/schemas/${schema}`;
  }
  const steps = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  let node: unknown = document;
  for (const step of steps) node = isObject(node) ? node[step] : undefined;
  if (node === undefined) return undefined;
  return `/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}
