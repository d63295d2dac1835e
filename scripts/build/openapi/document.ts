/** The Functions as an OpenAPI 3.1 document, from what their sources declare. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
// Not 'prettier' itself: it loads its parts with import(), which Jest does not let happen.
import { format } from 'prettier/standalone';
import { ERRORS, type ErrorCode } from '../../../src/assets/http/errors.private';
import type { Shape } from '../../../src/assets/http/input.private';
import { passEntries } from '../../../src/assets/visitor/access-token.private';
import {
  contractOf,
  declarationOf,
  FUNCTIONS,
  type Contract,
  type FunctionFile,
} from '../declared-functions';
import { answerSchema, inputSchema, type Encoding, type JsonSchema } from './schemas';

const ROOT = join(__dirname, '..', '..', '..');

/** Beside those that a contract names: our own mistakes. */
const EVERYWHERE: ErrorCode[] = ['misconfigured', 'internal_error'];
const ENCODINGS: Encoding[] = ['application/json', 'application/x-www-form-urlencoded'];

export interface OpenApi {
  openapi: '3.1.0';
  info: object;
  servers: object[];
  paths: Record<string, { post: Operation }>;
  components: { schemas: Record<string, JsonSchema> };
}

interface Content {
  content: Partial<Record<Encoding, { schema: JsonSchema }>>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: object[];
  requestBody: Content & { required: true };
  responses: Record<string, Content & { description: string; headers?: object }>;
}

export function describeFunctions(): OpenApi {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'name' | 'version' | 'license',
    string
  >;
  return {
    openapi: '3.1.0',
    info: {
      title: name,
      version,
      license: { name: license, identifier: license },
      description: 'Custom chat for Twilio Flex: what a chat client and Twilio call.',
    },
    servers: [{ url: '/', description: 'Where this file is served as /openapi.json' }],
    paths: Object.fromEntries(
      FUNCTIONS.flatMap((file) => {
        const contract = contractOf(file);
        return contract ? [[file.path, { post: operationOf(file, contract) }]] : [];
      }),
    ),
    components: { schemas: { Failure: FAILURE } },
  };
}

/** The text of docs/openapi.json. */
export async function openApiText(): Promise<string> {
  const style = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8')) as object;
  return format(JSON.stringify(describeFunctions()), { ...style, parser: 'json', plugins: [babel, estree] });
}

function operationOf(file: FunctionFile, { summary, description, statuses, failures }: Contract): Operation {
  const declared = declarationOf(file);
  const success = answerSchema(declared?.answer() ?? {});
  const codes = [...(failures as ErrorCode[]), ...EVERYWHERE];
  return {
    operationId: file.path.slice(1).replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase()),
    tags: [file.visibility === 'public' ? 'For the visitor’s client' : 'For Twilio'],
    summary: summary[0]!.toUpperCase() + summary.slice(1),
    ...(description !== '' && { description }),
    ...(!declared && { parameters: [SIGNATURE] }),
    requestBody: { required: true, content: declared ? inputContent(declared.shape) : EVENT },
    responses: Object.fromEntries([
      ...statuses.map(({ status, text }) => [
        status,
        { description: sentence(text), content: json(success) },
      ]),
      ...[...new Set(codes.map((code) => ERRORS[code].status))].map((status) => [
        status,
        failureOf(
          codes.filter((code) => ERRORS[code].status === status),
          declared?.access === 'newcomer',
        ),
      ]),
    ]),
  };
}

/** Twilio signs it. Source: docs https://www.twilio.com/docs/usage/webhooks/webhooks-security */
const SIGNATURE = { name: 'X-Twilio-Signature', in: 'header', required: true, schema: { type: 'string' } };

const EVENT: Content['content'] = {
  'application/x-www-form-urlencoded': {
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

function inputContent(shape: Shape): Content['content'] {
  return Object.fromEntries(
    ENCODINGS.map((encoding) => [encoding, { schema: inputSchema(shape, encoding) }]),
  );
}

const FAILURE: JsonSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: Object.keys(ERRORS) },
        message: { type: 'string', description: 'For people; may change' },
        retryable: { type: 'boolean', description: 'The same request may succeed later' },
        requestId: { type: 'string', description: 'Names the call in the log' },
        opensAt: {
          anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }],
          description: 'With closed_now: the next opening',
        },
      },
      required: ['code', 'message', 'retryable', 'requestId'],
    },
  },
  required: ['error'],
};

/** `getsPass`: a new visitor keeps the token where the call can be repeated (define-handler). */
function failureOf(codes: ErrorCode[], getsPass: boolean): Operation['responses'][string] {
  const isRetryable = codes.some((code) => ERRORS[code].retryable);
  const mine: JsonSchema = {
    properties: {
      error: { properties: { code: { enum: codes } } },
      ...(isRetryable && getsPass && answerSchema(passEntries()).properties),
    },
  };
  return {
    description: codes.map((code) => ERRORS[code].message).join('; '),
    ...(isRetryable && {
      headers: { 'Retry-After': { schema: { type: 'string' }, description: 'Seconds' } },
    }),
    content: json({ allOf: [{ $ref: '#/components/schemas/Failure' }, mine] }),
  };
}

function json(schema: JsonSchema): Content['content'] {
  return { 'application/json': { schema } };
}

function sentence(text: string): string {
  return text === '' ? 'Done' : text[0]!.toUpperCase() + text.slice(1);
}
