/**
 * Measures the emulator's REST calls against a bare node:http server that answers with the same bytes. Calls alternate,
 * so that other load on the machine affects both equally.
 */
import { once } from 'node:events';
import { Agent, request as sendRequest, type IncomingMessage } from 'node:http';
import { readAccount } from '../emulator/core/account';
import { ServerProcess } from './servers/server-process';

const ROUNDS = 40;
const CALLS_PER_ROUND = 25;
/** Not counted: the first calls compile the code. */
const WARM_UP_ROUNDS = 10;
/** The emulator may take at most this many times as long, for each call. */
const TARGET_RATIO = 2;
/** The length of a long chat. Its calls must take no longer than those of a short one. */
const LONG_MESSAGES = 5_000;

interface Call {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  form?: string;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const agent = new Agent({ keepAlive: true });
const account = readAccount();
const authorization = `Basic ${Buffer.from(`${account.apiKeySid}:${account.apiKeySecret}`).toString('base64')}`;
const SERVICE = `/conversations.twilio.com/v1/Services/${account.conversationsServiceSid}`;

export async function benchRest(): Promise<void> {
  const emulator = await ServerProcess.start('emulator');
  const bare = await ServerProcess.start('bare');
  try {
    const calls = await prepare(emulator.url);
    for (const call of calls) await teach(bare.url, call, await send(emulator.url, call));

    const times = calls.map((call) => ({ call, emulatorMs: [] as number[], bareMs: [] as number[] }));
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (const { call, emulatorMs, bareMs } of times) {
        for (let count = 0; count < CALLS_PER_ROUND; count++) {
          const emulatorTime = await timed(() => send(emulator.url, call));
          const bareTime = await timed(() => send(bare.url, call));
          if (round < 0) continue;
          emulatorMs.push(emulatorTime);
          bareMs.push(bareTime);
        }
      }
    }
    report(times);
  } finally {
    agent.destroy();
    await Promise.all([emulator.stop(), bare.stop()]);
  }
}

/** A Conversation with some Messages, and the measured calls: mostly those of a chat's start. */
async function prepare(url: string): Promise<Call[]> {
  const created = await send(url, {
    name: '',
    method: 'POST',
    path: `${SERVICE}/Conversations`,
    form: 'UniqueName=bench',
  });
  const { sid } = JSON.parse(created.body) as { sid: string };
  const conversation = `${SERVICE}/Conversations/${sid}`;
  const message = 'Author=ada&Body=hello&Attributes=%7B%22messageId%22%3A%221%22%7D';
  await send(url, { name: '', method: 'POST', path: `${conversation}/Participants`, form: 'Identity=ada' });
  for (let count = 0; count < 20; count++) {
    await send(url, { name: '', method: 'POST', path: `${conversation}/Messages`, form: message });
  }
  const longOne = await send(url, { name: '', method: 'POST', path: `${SERVICE}/Conversations`, form: '' });
  const long = `${SERVICE}/Conversations/${(JSON.parse(longOne.body) as { sid: string }).sid}`;
  await send(url, { name: '', method: 'POST', path: `${long}/Participants`, form: 'Identity=grace' });
  for (let count = 0; count < LONG_MESSAGES; count++) {
    await send(url, { name: '', method: 'POST', path: `${long}/Messages`, form: message });
  }
  const readHalf = `LastReadMessageIndex=${LONG_MESSAGES / 2}`;
  const userConversation = long.replace('/Conversations/', '/Users/grace/Conversations/');
  await send(url, { name: '', method: 'POST', path: userConversation, form: readHalf });
  return [
    {
      name: 'create a Conversation',
      method: 'POST',
      path: `${SERVICE}/Conversations`,
      form: 'FriendlyName=Ada+L.&State=active&Timers.Closed=PT24H&Attributes=%7B%22topic%22%3A%22pie%22%7D',
    },
    { name: 'fetch a Conversation', method: 'GET', path: `${SERVICE}/Conversations/bench` },
    { name: "find an identity's", method: 'GET', path: `${SERVICE}/ParticipantConversations?Identity=ada` },
    { name: 'send a Message', method: 'POST', path: `${conversation}/Messages`, form: message },
    { name: 'list 20 Messages', method: 'GET', path: `${conversation}/Messages?PageSize=20` },
    { name: `send the ${LONG_MESSAGES}th`, method: 'POST', path: `${long}/Messages`, form: message },
    { name: 'its newest 20', method: 'GET', path: `${long}/Messages?PageSize=20&Order=desc` },
    { name: 'its unread count', method: 'GET', path: userConversation },
  ];
}

async function send(url: string, { method, path, form }: Call): Promise<Answer> {
  return exchange(url, path, method, form, 'application/x-www-form-urlencoded');
}

async function teach(url: string, { method, path }: Call, answer: Answer): Promise<void> {
  await exchange(url, '/', 'PUT', JSON.stringify({ key: `${method} ${path}`, answer }), 'application/json');
}

async function exchange(
  url: string,
  path: string,
  method: string,
  body: string | undefined,
  contentType: string,
): Promise<Answer> {
  const headers = {
    authorization,
    ...(body !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
  };
  const request = sendRequest(`${url}${path}`, { method, agent, headers });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(response, 'end');
  const status = response.statusCode!;
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${Buffer.concat(chunks).toString()}`);
  return {
    status,
    headers: { 'content-type': response.headers['content-type'] ?? '' },
    body: Buffer.concat(chunks).toString(),
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function report(times: { call: Call; emulatorMs: number[]; bareMs: number[] }[]): void {
  const row = (name: string, emulatorMs: number[], bareMs: number[]): number => {
    const [emulator, bare] = [median(emulatorMs), median(bareMs)];
    const ratio = emulator / bare;
    const columns = [`${emulator.toFixed(3)} ms`, `${bare.toFixed(3)} ms`, ratio.toFixed(2)];
    console.log(name.padEnd(24) + columns.map((column) => column.padStart(12)).join(''));
    return ratio;
  };
  console.log(`REST call, median of ${ROUNDS * CALLS_PER_ROUND}`.padEnd(24));
  console.log(''.padEnd(24) + ['emulator', 'bare', 'ratio'].map((column) => column.padStart(12)).join(''));
  const ratios = times.map(({ call, emulatorMs, bareMs }) => row(call.name, emulatorMs, bareMs));
  row(
    'all',
    times.flatMap(({ emulatorMs }) => emulatorMs),
    times.flatMap(({ bareMs }) => bareMs),
  );
  const isMet = ratios.every((ratio) => ratio < TARGET_RATIO);
  console.log(`Target: each below ${TARGET_RATIO}. ${isMet ? 'Met.' : 'Missed.'}`);
  if (!isMet) process.exitCode = 1;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
