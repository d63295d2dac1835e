/** One operation of the specification: how to recognise its requests, and ajv's validators for its input and output. */
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import {
  METHODS,
  type Method,
  type OpenApi,
  type OperationObject,
  type PathItem,
  type Schema,
} from './openapi';

export interface Operation extends OperationObject {
  /** For example `conversations_v1`. */
  product: string;
  method: Method;
  host: string;
  /** As in the file: `/v1/Conversations/{Sid}`. */
  path: string;
  pattern: RegExp;
  /** A validator for text from a form, a query or a header: `"50"` counts as a number. */
  validateText(schema: Schema): ValidateFunction;
  validateJson(schema: Schema): ValidateFunction;
}

/** Twilio's own formats, and those that its examples do not follow. */
const UNCHECKED_FORMATS = ['uri', 'uri-map', 'phone-number', 'http-method', 'int64'];

/** `Mon, 23 Nov 2026 15:00:00 +0000`, as in IAM. */
const RFC_2822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

export function operationsOf(product: string, file: OpenApi): Operation[] {
  const validateText = compiler(file, true);
  const validateJson = compiler(file, false);
  return Object.entries(file.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      ...item[method]!,
      product,
      method,
      host: hostOf(item, file),
      path,
      pattern: patternOf(path),
      validateText,
      validateJson,
    })),
  );
}

/** Literal paths first: `/v2/Flows/Validate` is not the Flow with the SID "Validate". */
export function byParameterCount(a: Operation, b: Operation): number {
  const count = ({ path }: Operation): number => path.split('{').length;
  return count(a) - count(b);
}

function hostOf(item: PathItem, file: OpenApi): string {
  return new URL((item.servers ?? file.servers)[0]!.url).host;
}

function patternOf(path: string): RegExp {
  const source = path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

function compiler(file: OpenApi, coerceTypes: boolean): (schema: Schema) => ValidateFunction {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, coerceTypes }));
  for (const format of UNCHECKED_FORMATS) ajv.addFormat(format, true);
  ajv.addFormat('date-time-rfc-2822', RFC_2822);
  ajv.addSchema({ $id: 'spec', ...pointAtSpec({ components: file.components }) });
  const compiled = new Map<string, ValidateFunction>();
  return (schema) => {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(pointAtSpec(schema));
    compiled.set(key, validate);
    return validate;
  };
}

/** References below `#/components/` point into the file's components, wherever their schema is used. */
function pointAtSpec<Part extends object>(part: Part): Part {
  return JSON.parse(JSON.stringify(part).replaceAll('"#/components/', '"spec#/components/')) as Part;
}
