/** Plays a recording against an emulator of its own, call by call, and compares. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Emulator } from '../emulator';
import { compare } from './compare';
import { Names } from './names';
import { readRecording, type RecordedCall, type RecordedWebhook } from './recording';

export interface Difference {
  aspect: 'status' | 'field' | 'order';
  /** For example `POST /v1/Services/{}/Conversations`, or `webhook onMessageAdded`. */
  operation: string;
  field: string;
  twilio: string;
  emulator: string;
}

/** As a recording names the receiver. */
const WEBHOOKS = 'https://webhooks.invalid';
/** The same difference in each of many calls is one. */
const keyOf = ({ aspect, operation, field, twilio, emulator }: Difference): string =>
  JSON.stringify([aspect, operation, field, twilio, emulator]);

export async function replay(file: string): Promise<Difference[]> {
  const { calls, webhooks } = readRecording(file);
  const emulator = await Emulator.start({ port: 0 });
  const received: Record<string, string>[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(Object.fromEntries(new URLSearchParams(body)));
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = receiver.address() as AddressInfo;
    const names = new Names(emulator.account);
    const differences: Difference[] = [];
    for (const call of calls) differences.push(...(await replayCall(emulator, call, names, port)));
    await emulator.world.webhooks.settled();
    differences.push(...compareWebhooks(webhooks, received, names));
    return [...new Map(differences.map((one) => [keyOf(one), one])).values()];
  } finally {
    receiver.closeAllConnections();
    receiver.close();
    await emulator.stop();
  }
}

async function replayCall(
  emulator: Emulator,
  { host, method, path, query, form, webhooksEnabled, status, answer }: RecordedCall,
  names: Names,
  port: number,
): Promise<Difference[]> {
  const resolve = (text: string): string =>
    names.resolve(text).replaceAll(WEBHOOKS, `http://127.0.0.1:${port}`);
  const { accountSid, authToken } = emulator.account;
  const fields = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, resolve(one)]),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, resolve(value)]),
  );
  const response = await fetch(`${emulator.url}/${host}${resolve(path)}?${search}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      ...(webhooksEnabled && { 'X-Twilio-Webhook-Enabled': 'true' }),
    },
    ...(method !== 'GET' && method !== 'DELETE' && { body: new URLSearchParams(fields) }),
  });
  const operation = `${method} ${path.replace(/[A-Z]{2}#\d+/g, '{}')}`;
  const text = (await response.text()).replaceAll(`http://127.0.0.1:${port}`, WEBHOOKS);
  const code = codeOf(answer);
  const emulated: unknown = text === '' ? '' : JSON.parse(text);
  const differences: Difference[] = [];
  if (response.status !== status || code !== codeOf(emulated)) {
    const [twilio, ours] = [`${status}${code}`, `${response.status}${codeOf(emulated)}`];
    differences.push({ aspect: 'status', operation, field: '', twilio, emulator: ours });
  }
  // An error and a success have no fields in common.
  if (response.ok !== status < 300) return differences;
  const fieldDifferences = compare(answer, emulated, names).filter(
    ({ field }) => !(status >= 300 && ['status', 'code', 'more_info'].includes(field)),
  );
  return [
    ...differences,
    ...fieldDifferences.map((one) => ({ aspect: 'field' as const, operation, ...one })),
  ];
}

function codeOf(answer: unknown): string {
  const code = (answer as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? ` (${code})` : '';
}

/** Compares their order first, and their contents if the order is the same. */
function compareWebhooks(
  recorded: RecordedWebhook[],
  received: Record<string, string>[],
  names: Names,
): Difference[] {
  if (recorded.length === 0) return [];
  const typeOf = (fields: Record<string, unknown>): string => String(fields['EventType']);
  const twilio = recorded.map(({ fields }) => typeOf(fields)).join(', ');
  const emulator = received.map(typeOf).join(', ');
  if (twilio !== emulator) return [{ aspect: 'order', operation: 'webhooks', field: '', twilio, emulator }];
  return recorded.flatMap(({ fields }, index) =>
    compare(fields, received[index]!, names).map((one) => ({
      aspect: 'field' as const,
      operation: `webhook ${typeOf(fields)}`,
      ...one,
    })),
  );
}
