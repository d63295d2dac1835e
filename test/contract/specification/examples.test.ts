/** The checker is correct if Twilio's own examples pass it. */
import { responseViolations } from './check-response';
import type { Strictness } from './normalise';
import { Specification } from './specification';

const FILES = ['conversations_v1', 'flex_v1', 'flex_v2', 'studio_v2', 'taskrouter_v1', 'serverless_v1'];

/** Each fails with and without the strictness. */
const CONTRADICTING_THEIR_OWN_SCHEMA = [
  'FetchServiceWebhookConfiguration fetchEmpty: method must be string,method must be equal to one of the allowed values',
  'ListConfiguredPlugin readFull: plugins/0/plugin_version_sid must match pattern "^FV[0-9a-fA-F]{32}$"',
  'FetchConfiguredPlugin fetch: plugin_version_sid must match pattern "^FV[0-9a-fA-F]{32}$"',
];

function failingExamples(strictness: Strictness): { count: number; failing: string[] } {
  const { operations } = new Specification(FILES, strictness, (file) => file);
  const examples = operations.flatMap((operation) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content['application/json']?.examples ?? {}).map(([name, { value }]) => ({
        name: `${operation.operationId} ${name}`,
        violations: responseViolations(operation, Number(status), JSON.stringify(value)),
      })),
    ),
  );
  const failing = examples.filter(({ violations }) => violations.length > 0);
  return { count: examples.length, failing: failing.map(({ name, violations }) => `${name}: ${violations}`) };
}

it.each([
  ['with every field required and none extra', { requests: true, responses: true }],
  ['as published', { requests: false, responses: false }],
])("passes 362 of 365 of Twilio's examples, %s", (_case, strictness) => {
  const { count, failing } = failingExamples(strictness);

  expect(count).toBe(365);
  expect(failing).toEqual(CONTRADICTING_THEIR_OWN_SCHEMA);
});

it('finds 298 operations in these six files', () => {
  expect(new Specification(FILES).operations).toHaveLength(298);
});
