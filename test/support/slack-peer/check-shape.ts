import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const SCHEMAS = new URL('../../../../shared/specs/slack/block-kit/', import.meta.url);
const compiled = new Map<string, ValidateFunction>();

/**
 * What the JSON Schemas generated from `@slack/types` have against a message or a view; nothing where they are not on this
 * machine. Only the errors nearest to the data are told: the schemas are unions, and each branch complains.
 */
export function checkShape(kind: 'message' | 'view', body: unknown): string[] {
  const validate = validator(kind);
  if (validate === undefined || validate(body)) return [];
  const errors = validate.errors ?? [];
  const depth = (path: string) => path.split('/').length;
  const deepest = Math.max(...errors.map((error) => depth(error.instancePath)));
  const nearest = errors.filter((error) => depth(error.instancePath) >= deepest - 1);
  return [
    ...new Set(
      nearest.map((error) => `${error.message} ${JSON.stringify(error.params)} [json-pointer:${error.instancePath}]`),
    ),
  ].slice(0, 8);
}

function validator(kind: string): ValidateFunction | undefined {
  const file = new URL(`${kind}.schema.json`, SCHEMAS);
  if (!compiled.has(kind) && existsSync(file)) {
    const ajv = new Ajv({ strict: false, allErrors: true });
    compiled.set(kind, ajv.compile(JSON.parse(readFileSync(file, 'utf8'))));
  }
  return compiled.get(kind);
}
