/** Checks every call of a Function against docs/openapi.json. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { describeFunctions, type Operation } from '../../scripts/build/openapi/document';
import type { Encoding } from '../../scripts/build/openapi/schemas';

/** As Express leaves it. */
type ParsedRequest = IncomingMessage & { body?: object; query?: object };

const isDateTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text);

export class DescriptionCheck {
  private readonly description = strict(describeFunctions());
  private readonly ajv = new Ajv({ strict: false, allErrors: true, formats: { 'date-time': isDateTime } });
  private readonly validators = new Map<object, ValidateFunction>();
  private problems: string[] = [];

  /** What was found since the last look. */
  take(): string[] {
    return this.problems.splice(0);
  }

  watch(request: ParsedRequest, response: ServerResponse): void {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const operation = this.description.paths[pathname]?.post;
    if (!operation || request.method !== 'POST') return;
    const chunks: Buffer[] = [];
    for (const method of ['write', 'end'] as const) {
      const original = response[method].bind(response) as (...parts: unknown[]) => never;
      response[method] = (...parts: unknown[]) => {
        if (typeof parts[0] === 'string' || Buffer.isBuffer(parts[0]))
          chunks.push(Buffer.from(parts[0] as string));
        return original(...parts);
      };
    }
    response.once('finish', () => {
      // What the runtime answers itself, such as malformed JSON, never reached a Function.
      if (!String(response.getHeader('content-type')).startsWith('application/json')) return;
      const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
      this.check(pathname, operation, request, { status: response.statusCode, answer });
    });
  }

  private check(
    path: string,
    operation: Operation,
    request: ParsedRequest,
    { status, answer }: { status: number; answer: unknown },
  ): void {
    const response = operation.responses[status];
    if (!response) return this.report(`${path}: ${status} is not described: ${JSON.stringify(answer)}`);
    this.validate(`${path}: the answer ${status}`, response.content['application/json']!.schema, answer);
    if (status >= 300) return;
    const encoding = request.headers['content-type']!.split(';')[0]!.trim().toLowerCase() as Encoding;
    const input = operation.requestBody.content[encoding];
    if (!input) return this.report(`${path}: ${encoding} is not described`);
    // Merged as the runtime does it: no Function ever sees a member `__proto__` that is text.
    const params: object = Object.assign({}, request.query, request.body);
    this.validate(`${path}: the request that it answered with ${status}`, input.schema, params);
  }

  private validate(what: string, schema: object, value: unknown): void {
    const validator =
      this.validators.get(schema) ?? this.ajv.compile({ ...schema, components: this.description.components });
    this.validators.set(schema, validator);
    if (!validator(value)) {
      this.report(`${what}: ${this.ajv.errorsText(validator.errors)} in ${JSON.stringify(value)}`);
    }
  }

  private report(problem: string): void {
    this.problems.push(problem);
  }
}

/** Clients must take fields that they do not know; here an answer with one fails. */
function strict(description: ReturnType<typeof describeFunctions>): ReturnType<typeof describeFunctions> {
  const { error } = description.components.schemas['Failure']!.properties!;
  Object.assign(error as object, { additionalProperties: false });
  for (const { post } of Object.values(description.paths)) {
    for (const { content } of Object.values(post.responses)) {
      Object.assign(content['application/json']!.schema, { unevaluatedProperties: false });
    }
  }
  return description;
}
