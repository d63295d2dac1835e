/** Would Twilio accept this request? Every violation is a sentence that names the parameter. */
import type { ValidateFunction } from 'ajv';
import type { Operation } from './operations';
import type { Schema } from './openapi';
import { overlayViolations } from './overlay';

export interface SentRequest {
  method: string;
  host: string;
  /** With the query. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
}

const FORM = 'application/x-www-form-urlencoded';
/** Strings in the files, in fact JSON. Source: docs https://www.twilio.com/docs/api/errors/50304 */
const JSON_STRINGS = ['Attributes', 'ContentVariables'];

export function requestViolations(operation: Operation, request: SentRequest): string[] {
  return [...parameterViolations(operation, request), ...bodyViolations(operation, request)];
}

function parameterViolations(operation: Operation, request: SentRequest): string[] {
  const url = new URL(request.path, `https://${request.host}`);
  const inPath = operation.pattern.exec(url.pathname)?.groups ?? {};
  const given = {
    path: (name: string) => (inPath[name] === undefined ? [] : [decodeURIComponent(inPath[name])]),
    query: (name: string) => url.searchParams.getAll(name),
    header: (name: string) => [request.headers[name.toLowerCase()]].filter((value) => value !== undefined),
  };
  const known = operation.parameters ?? [];
  const violations = known.flatMap((parameter) => {
    const values = given[parameter.in](parameter.name);
    const what = `${parameter.in} ${parameter.name}`;
    if (values.length === 0) return parameter.required ? [`${what} is missing`] : [];
    if (values.length > 1 && parameter.schema.type !== 'array') return [`${what} is given twice`];
    const value = parameter.schema.type === 'array' ? values : values[0];
    // Wrapped, because ajv can coerce only values in an object.
    const schema = { type: 'object', properties: { value: parameter.schema } };
    return problems(operation.validateText(schema), { value }).map((problem) =>
      problem.replace(/^value/, what),
    );
  });
  const names = known.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const unknown = [...new Set(url.searchParams.keys())].filter((name) => !names.includes(name));
  return [...violations, ...unknown.map((name) => `query ${name} is unknown`)];
}

function bodyViolations(operation: Operation, { headers, body }: SentRequest): string[] {
  const content = operation.requestBody?.content;
  const [type, schema] = Object.entries(content ?? {})[0] ?? [];
  if (type === undefined)
    return body === '' ? [] : ['the request has a body where the operation accepts none'];
  if (body === '' && headers['content-type'] === undefined)
    return formViolations(operation, schema?.schema, '');
  const sentType = headers['content-type']?.split(';')[0]!.trim();
  if (sentType !== type) return [`content type ${sentType} instead of ${type}`];
  return type === FORM ? formViolations(operation, schema?.schema, body) : jsonViolations('the body', body);
}

function formViolations(operation: Operation, schema: Schema = {}, body: string): string[] {
  const form = new URLSearchParams(body);
  const violations: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const given = form.getAll(name);
    const property = schema.properties?.[name];
    if (property?.type === 'array') {
      values[name] = given;
      continue;
    }
    if (given.length > 1) violations.push(`${name} is given twice`);
    values[name] = given[0];
    const isAnyJson = property !== undefined && property.type === undefined && !isComposed(property);
    if (isAnyJson || JSON_STRINGS.includes(name)) violations.push(...jsonViolations(name, given[0]!));
  }
  const codes = overlayViolations(operation.operationId, form);
  return [
    ...violations,
    ...problems(operation.validateText(schema), values),
    ...codes.map((code) => `Twilio refuses this with ${code}`),
  ];
}

/** A property without a type accepts any JSON, unless it refers to a schema with details. */
function isComposed(property: Schema): boolean {
  return property.$ref !== undefined || property['anyOf'] !== undefined;
}

function jsonViolations(what: string, text: string): string[] {
  try {
    JSON.parse(text);
    return [];
  } catch {
    return [`${what} is not JSON`];
  }
}

/** ajv's errors, each with the path of the field and, for an extra field, its name. */
export function problems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return validate.errors!.map(({ instancePath, message, params }) => {
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    const sentence = `${instancePath.slice(1)} ${message}`.trim();
    return extra === undefined ? sentence : `${sentence}: ${extra}`;
  });
}
