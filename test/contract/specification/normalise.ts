/** Makes Twilio's files strict: as published they constrain so little that `{}` is a valid Conversation. */
import { METHODS, type OpenApi, type Schema } from './openapi';

export interface Strictness {
  /** A misspelt form parameter is an error. */
  requests: boolean;
  /**
   * An answer contains exactly the fields of its schema. No file says so, but Twilio's own examples conform (362 of
   * 365, and the other three fail without this, too).
   */
  responses: boolean;
}

export const STRICT: Strictness = { requests: true, responses: true };

/** A copy of `file`. Without any strictness it contains only the repairs that ajv needs. */
export function normalise(file: OpenApi, strictness: Strictness): OpenApi {
  const copy = structuredClone(file);
  repairNullable(copy);
  if (strictness.responses) {
    for (const schema of Object.values(copy.components.schemas)) demandEveryField(schema);
  }
  for (const item of Object.values(copy.paths)) {
    for (const operation of METHODS.map((method) => item[method])) {
      for (const { schema } of Object.values(operation?.requestBody?.content ?? {})) {
        if (strictness.requests && schema?.properties) schema['additionalProperties'] = false;
      }
      for (const { content = {} } of Object.values(operation?.responses ?? {})) {
        for (const { schema } of Object.values(content)) {
          if (strictness.responses && schema) demandEveryField(schema);
        }
      }
    }
  }
  return copy;
}

/** `nullable` without `type` constrains nothing, and ajv 8 rejects the pair. Beside a reference it means "or null". */
function repairNullable(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Schema;
  if (schema['nullable'] === true && schema.type === undefined) {
    delete schema['nullable'];
    if (schema.$ref !== undefined) {
      schema['anyOf'] = [{ $ref: schema.$ref }, { type: 'null' }];
      delete schema.$ref;
    }
  }
  for (const [key, value] of Object.entries(schema)) {
    if (key !== 'example' && key !== 'examples') repairNullable(value);
  }
}

function demandEveryField(schema: Schema): void {
  const names = Object.keys(schema.properties ?? {});
  if (names.length > 0) {
    schema['additionalProperties'] = false;
    schema['required'] = names;
  }
  for (const child of Object.values(schema.properties ?? {})) demandEveryField(child);
  if (typeof schema['items'] === 'object') demandEveryField(schema['items'] as Schema);
}
