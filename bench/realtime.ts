/**
 * Measures the time of a message from one SDK client to another while a thousand of them are connected: from
 * `sendMessage` in one process to `messageAdded` in another, through one emulator.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import twilio from 'twilio';
import { readAccount } from '../emulator/core/account';
import { ClientProcesses } from './realtime/client-processes';
import { countDeliveries, type DeliveryCount } from './realtime/deliveries';
import type { Result, Seat } from './realtime/protocol';
import { ServerProcess, type Usage } from './servers/server-process';

/** 95 % of all deliveries must be faster: with up to this many sessions, and with more. */
const TARGETS = { sessions: 1_000, p95Ms: 250, p95MsForMore: 1_000 };
/** The interval of each sender in a call centre, unless `--rate` sets the total number of messages per second. */
const INTERVAL_MS = 10_000;
const MESSAGES_PER_SESSION = 3;
/** The capacity of one process. */
const SESSIONS_PER_PROCESS = 250;
/** After the last connection: background work of the SDK's start must not be measured. */
const REST_MS = 5_000;

const account = readAccount();
const CONVERSATIONS = `/conversations.twilio.com/v1/Services/${account.conversationsServiceSid}/Conversations`;

export async function benchRealtime(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sessions: { type: 'string', default: '1000' },
      rate: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const sessions = Number(values.sessions);
  if (!Number.isInteger(sessions) || sessions < 2 || sessions % 2 !== 0) {
    throw new Error('--sessions must be an even number: sessions chat in pairs');
  }
  const intervalMs = values.rate === undefined ? INTERVAL_MS : (sessions / Number(values.rate)) * 1000;
  if (!(intervalMs > 0 && intervalMs < Infinity))
    throw new Error('--rate must be a number of messages per second');
  const messagesPerSession =
    values.minutes === undefined
      ? MESSAGES_PER_SESSION
      : Math.round((Number(values.minutes) * 60_000) / intervalMs);
  if (!(messagesPerSession >= 1 && messagesPerSession < Infinity))
    throw new Error('--minutes must be long enough for one message of each session');
  const server = await ServerProcess.start('emulator');
  const clients = new ClientProcesses(Math.max(2, Math.ceil(sessions / SESSIONS_PER_PROCESS)));
  try {
    const seats: Seat[] = [];
    for (let pair = 0; pair < sessions / 2; pair++) seats.push(...(await seatPair(server.url, pair)));
    const started = Date.now();
    await clients.connect(seats, {
      realtimeUrl: `${server.url.replace('http', 'ws')}/v3/wsconnect`,
      messagesPerSession,
      intervalMs,
    });
    console.log(`${sessions} SDK sessions connected in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    const talkMs = (messagesPerSession + 1) * intervalMs;
    const before = await server.usage();
    const talking = clients.talk(Date.now() + REST_MS);
    const sampling = sample(server, talkMs);
    const [result, usages] = [await talking, await sampling];
    report(countDeliveries(result), sessions);
    reportUsage(result, [before, ...usages, await server.usage()], talkMs);
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
  }
}

/** While the clients talk, in intervals of a tenth. */
async function sample(server: ServerProcess, talkMs: number): Promise<Usage[]> {
  const usages: Usage[] = [];
  await setTimeout(REST_MS);
  for (let tenth = 1; tenth < 10; tenth++) {
    await setTimeout(talkMs / 10);
    usages.push(await server.usage());
  }
  return usages;
}

/** A visitor and an agent in a separate Conversation. */
async function seatPair(url: string, pair: number): Promise<Seat[]> {
  const { sid } = await post(`${url}${CONVERSATIONS}`, {});
  const identities = [`visitor-${pair}`, `agent-${pair}`];
  for (const identity of identities) {
    await post(`${url}${CONVERSATIONS}/${sid}/Participants`, { Identity: identity });
  }
  return identities.map((identity) => ({ identity, token: tokenFor(identity), conversationSid: sid }));
}

async function post(url: string, form: Record<string, string>): Promise<{ sid: string }> {
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}` };
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { sid: string };
}

function tokenFor(identity: string): string {
  const { AccessToken } = twilio.jwt;
  const { accountSid, apiKeySid, apiKeySecret, conversationsServiceSid } = account;
  // Longer than any run: renewals are not measured.
  const token = new AccessToken(accountSid, apiKeySid, apiKeySecret, { identity, ttl: 86_400 });
  token.addGrant(new AccessToken.ChatGrant({ serviceSid: conversationsServiceSid }));
  return token.toJwt();
}

function report(count: DeliveryCount, sessions: number): void {
  const targetMs = sessions <= TARGETS.sessions ? TARGETS.p95Ms : TARGETS.p95MsForMore;
  const sorted = [...count.latenciesMs].sort((a, b) => a - b);
  const percentile = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity;
  const { sent, delivered, lost, rejectedButDelivered, rejectedNotDelivered, unanswered, duplicates } = count;
  console.log(`${sent} messages sent, ${delivered} delivered, ${duplicates} repeated arrivals`);
  console.log(
    `Acknowledged but not delivered (lost): ${lost}; neither answered nor delivered: ${unanswered}`,
  );
  console.log(
    `Rejected by the SDK: ${rejectedButDelivered} delivered all the same, ${rejectedNotDelivered} not delivered`,
  );
  for (const [name, share] of [
    ['median', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
    ['longest', 1],
  ] as const) {
    console.log(name.padEnd(10) + `${percentile(share).toFixed(1)} ms`.padStart(12));
  }
  const isMet = percentile(0.95) < targetMs && delivered === sent && rejectedButDelivered === 0;
  console.log(
    `Target: p95 below ${targetMs} ms, nothing lost and nothing rejected. ${isMet ? 'Met.' : 'Missed.'}`,
  );
  if (!isMet) process.exitCode = 1;
}

/** The clients' share of the machine is not the emulator's, but it is what fills two cores first. */
function reportUsage(
  { sent: { length: sent }, cpuMs }: Result,
  usages: readonly Usage[],
  talkMs: number,
): void {
  const [before, middle, after] = [usages[0]!, usages[5]!, usages.at(-1)!];
  const emulatorMs = after.cpuMs - before.cpuMs;
  const ms = (value: number): string => `${(value / Math.max(1, sent)).toFixed(2)} ms`;
  const mib = ({ heapBytes }: Usage): string => (heapBytes / 2 ** 20).toFixed(1);
  // The second half: by then the journal, the timeline and, in a long run, the Messages are as many as they will ever be.
  const keptKib = (after.heapBytes - middle.heapBytes) / 1024 / Math.max(1, sent / 2);
  console.log(`CPU for each message: emulator ${ms(emulatorMs)}, SDK clients ${ms(cpuMs)}`);
  console.log(`Cores in use: ${((emulatorMs + cpuMs) / talkMs).toFixed(2)}`);
  console.log(
    `Emulator's heap: ${usages.map(mib).join(', ')} MiB from start to end, at each tenth; ` +
      `${keptKib.toFixed(2)} KiB kept for each message of the second half`,
  );
}
