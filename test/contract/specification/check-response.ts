/** Would Twilio give this answer: the operation's status and exactly its fields, or Twilio's error body? */
import { problems } from './check-request';
import type { Operation } from './operations';

const FIRST_ERROR_STATUS = 400;

export function responseViolations(operation: Operation, status: number, body: string): string[] {
  if (status >= FIRST_ERROR_STATUS) return errorViolations(status, body);
  const expected = operation.responses[String(status)];
  if (!expected) return [`status ${status} instead of ${Object.keys(operation.responses).join(' or ')}`];
  const schema = expected.content?.['application/json']?.schema;
  if (!schema) return body === '' ? [] : ['the answer has a body where the operation has none'];
  const json = parse(body);
  return json === undefined ? ['the body is not JSON'] : problems(operation.validateJson(schema), json);
}

/** Errors are in no OpenAPI file. Source: docs https://www.twilio.com/docs/usage/twilios-response */
export function errorViolations(status: number, body: string): string[] {
  const error = parse(body) as Record<string, unknown> | undefined;
  if (typeof error !== 'object' || error === null) return [`status ${status} without an error body`];
  const { code, message, more_info: moreInfo, status: repeated, details: _details, ...others } = error;
  return [
    Number.isInteger(code) ? '' : 'the error has no code',
    typeof message === 'string' ? '' : 'the error has no message',
    moreInfo === pageOf(code) ? '' : 'more_info is not the page of the code',
    repeated === status ? '' : `the error says status ${String(repeated)}, the answer ${status}`,
    ...Object.keys(others).map((name) => `the error has an unknown field ${name}`),
  ].filter((violation) => violation !== '');
}

/** Two codes are the emulator's own, which Twilio's dictionary does not have. */
function pageOf(code: unknown): string {
  return code === 20421 || code === 20501
    ? 'docs/troubleshooting.md of the emulator'
    : `https://www.twilio.com/docs/errors/${String(code)}`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
