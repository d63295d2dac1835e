/** The table of operations is correct: everything in it is served, and everything else answers 501. */
import { Emulator } from '../../../emulator/emulator';
import type { Operation } from '../specification/operations';
import { EMULATED, Specification } from '../specification/specification';
import { coverageOf, toMarkdown } from './served';
import { generateDocument, readDocument } from './document';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await Emulator.start({ port: 0 });
});
afterAll(() => emulator.stop());

/** The operation with every path parameter filled in, as a real request. */
async function call({
  method,
  host,
  path,
  parameters = [],
}: Operation): Promise<{ status: number; body: string }> {
  const address = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const pattern = parameters.find((parameter) => parameter.name === name)?.schema['pattern'];
    return /^\^([A-Z]{2})/.test(String(pattern))
      ? `${String(pattern).slice(1, 3)}${'f'.repeat(32)}`
      : 'unknown';
  });
  const { accountSid, authToken } = emulator.account;
  const response = await fetch(`${emulator.url}/${host}${address}`, {
    method: method.toUpperCase(),
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
  });
  return { status: response.status, body: await response.text() };
}

it('answers 501, with method and path, to every operation that is not served', async () => {
  const { missing } = coverageOf(new Specification(EMULATED), await emulator.world.http.routes());
  const answers = await Promise.all(missing.map(call));

  const pretending = missing.filter((_operation, index) => answers[index]!.status !== 501);
  expect(pretending.map(({ operationId }) => operationId)).toEqual([]);
  expect(answers.every(({ body }) => body.includes('The emulator does not serve'))).toBe(true);
});

it('serves every operation that it lists as served', async () => {
  const { served } = coverageOf(new Specification(), await emulator.world.http.routes());
  const answers = await Promise.all(served.map(call));

  const missing = served.filter((_operation, index) => answers[index]!.status === 501);
  expect(missing.map(({ operationId }) => operationId)).toEqual([]);
  expect(served.length).toBeGreaterThan(50);
});

it('lists them in docs/emulator-operations.md (npm run test:contract -- --write)', async () => {
  expect(readDocument()).toBe(await generateDocument());
});

it('detects a missing route, and one that Twilio does not have', () => {
  const specification = new Specification(['conversations_v1']);
  const coverage = coverageOf(specification, [
    { method: 'GET', url: '/conversations.twilio.com/v1/Conversations/:sid' },
    { method: 'POST', url: '/conversations.twilio.com/v1/Conversations/:sid/Close' },
    { method: 'GET', url: '/emulator/journal' },
  ]);

  expect(coverage.served.map(({ operationId }) => operationId)).toEqual(['FetchConversation']);
  expect(coverage.missing).toHaveLength(specification.operations.length - 1);
  expect(coverage.unpublished.map(({ url }) => url)).toEqual([
    '/conversations.twilio.com/v1/Conversations/:sid/Close',
  ]);
  expect(toMarkdown(coverage)).toContain('| `/v1/Conversations/{Sid}` | yes | 501 | 501 |');
});
