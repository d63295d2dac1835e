/** Twilio's OpenAPI files as shipped in @twilio/cli-core (MIT), and the types needed to read them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Schema = { [keyword: string]: unknown } & {
  type?: string;
  properties?: Record<string, Schema>;
  $ref?: string;
};

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

interface Content {
  schema?: Schema;
  examples?: Record<string, { value: unknown }>;
}

export interface OperationObject {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content>; required?: boolean };
  responses: Record<string, { content?: Record<string, Content> }>;
}

export interface OpenApi {
  servers: { url: string }[];
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema> };
}

export type Method = 'get' | 'post' | 'put' | 'delete';
export type PathItem = { servers?: { url: string }[] } & { [method in Method]?: OperationObject };

export const METHODS: Method[] = ['get', 'post', 'put', 'delete'];

const FOLDER = join(dirname(require.resolve('@twilio/cli-core/package.json')), 'src/services/twilio-api');

/** @param product For example `conversations_v1`. */
export function readOpenApi(product: string): OpenApi {
  return JSON.parse(readFileSync(join(FOLDER, `twilio_${product}.json`), 'utf8')) as OpenApi;
}
