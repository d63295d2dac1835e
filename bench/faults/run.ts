/** One row of the matrix: many starts under faults, then a check of the emulator's state. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Emulator } from '../../emulator/emulator';
import type { FaultRow } from './kinds';
import type { Recipe, Outcome, Visitor } from './recipes';

const AT_ONCE = 20;

/** The emulator restarts after this many starts: their state would slow it down. */
const STARTS_PER_LIFE = 200;

export interface RowOptions {
  starts: number;
  seed: number;
  /** The number of simultaneous starts of each visitor. */
  startsPerVisitor: number;
  /** Gives every visitor a token before the faults begin; without it each visitor is new. */
  issueToken?: () => Promise<string>;
}

export interface RowResult {
  /** Successes of the first call. */
  answeredOk: number;
  answeredError: number;
  /** Successes after retries: if an answer is retryable, the request is repeated at the time that the answer gives. */
  okInTheEnd: number;
  failures: Record<string, number>;
  /** Conversations that their visitor does not find by starting again. */
  orphans: number;
  /** Visitors who received more than one Conversation. */
  split: number;
  duplicateWebhooks: number;
  duplicateMessages: number;
  /** Chats or messages that were answered with success and do not exist. */
  lost: number;
  /** Calls to Twilio. */
  calls: number;
  slowestMs: number;
}

interface Party {
  visitor: Visitor;
  /** The answers to first calls. */
  outcomes: Outcome[];
  /** The last answer of each start. */
  lastOutcomes: Outcome[];
}

const MAX_TRIES = 5;

export async function runRow(
  emulator: Emulator,
  recipe: Recipe,
  row: FaultRow,
  options: RowOptions,
): Promise<RowResult> {
  const lives: RowResult[] = [];
  for (let done = 0; done < options.starts; done += STARTS_PER_LIFE) {
    const starts = Math.min(STARTS_PER_LIFE, options.starts - done);
    lives.push(await runLife(emulator, recipe, row, { ...options, starts, seed: options.seed + done }));
  }
  return lives.reduce(add);
}

async function runLife(
  emulator: Emulator,
  recipe: Recipe,
  row: FaultRow,
  { starts, seed, startsPerVisitor, issueToken }: RowOptions,
): Promise<RowResult> {
  await emulator.reset();
  const parties: Party[] = [];
  for (let made = 0; made < starts; made += startsPerVisitor) {
    const visitor: Visitor = { messageId: randomUUID() };
    if (issueToken) visitor.token = await issueToken();
    await recipe.prepare?.(visitor);
    parties.push({ visitor, outcomes: [], lastOutcomes: [] });
  }

  let calls = 0;
  const stopCounting = emulator.journal.events.on('arrived', () => void (calls += 1));
  for (const fault of row.faults(seed)) emulator.faults.add(fault);
  let slowestMs = 0;
  await inTurns(
    parties,
    Math.ceil(AT_ONCE / startsPerVisitor),
    async ({ visitor, outcomes, lastOutcomes }) => {
      const start = async () => {
        const beganMs = performance.now();
        let answer = await recipe.start(visitor);
        outcomes.push(answer);
        slowestMs = Math.max(slowestMs, performance.now() - beganMs);
        for (let tries = 1; answer.retryAfterMs !== undefined && tries < MAX_TRIES; tries++) {
          await setTimeout(answer.retryAfterMs);
          answer = await recipe.start(visitor);
        }
        lastOutcomes.push(answer);
      };
      await Promise.all(Array.from({ length: startsPerVisitor }, start));
    },
  );
  stopCounting();
  emulator.faults.clear();
  // Abandoned calls may still take effect.
  emulator.world.clock.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));

  const found = inspect(emulator, recipe, parties);
  return { ...found, orphans: await countOrphans(emulator, recipe, parties), calls, slowestMs };
}

function add(one: RowResult, other: RowResult): RowResult {
  const failures = { ...one.failures };
  for (const [code, count] of Object.entries(other.failures)) failures[code] = (failures[code] ?? 0) + count;
  return {
    failures,
    answeredOk: one.answeredOk + other.answeredOk,
    answeredError: one.answeredError + other.answeredError,
    okInTheEnd: one.okInTheEnd + other.okInTheEnd,
    orphans: one.orphans + other.orphans,
    split: one.split + other.split,
    duplicateWebhooks: one.duplicateWebhooks + other.duplicateWebhooks,
    duplicateMessages: one.duplicateMessages + other.duplicateMessages,
    lost: one.lost + other.lost,
    calls: one.calls + other.calls,
    slowestMs: Math.max(one.slowestMs, other.slowestMs),
  };
}

function inspect(emulator: Emulator, recipe: Recipe, parties: Party[]) {
  const { conversations, webhooks, messages } = emulator.world.conversations;
  const outcomes = parties.flatMap((party) => party.outcomes);
  const copies = new Map<string, number>();
  let duplicateWebhooks = 0;
  for (const { sid } of conversations.list(emulator.account.conversationsServiceSid)) {
    duplicateWebhooks += Math.max(0, webhooks.ofConversation(sid).length - 1);
    for (const { attributes } of messages.ofConversation(sid)) {
      const { messageId } = JSON.parse(attributes) as { messageId: string };
      copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
    }
  }
  const failures: Record<string, number> = {};
  for (const { ok, code } of outcomes) if (!ok) failures[code] = (failures[code] ?? 0) + 1;
  return {
    answeredOk: outcomes.filter(({ ok }) => ok).length,
    answeredError: outcomes.filter(({ ok }) => !ok).length,
    okInTheEnd: parties.flatMap(({ lastOutcomes }) => lastOutcomes).filter(({ ok }) => ok).length,
    failures,
    split: parties.filter((party) => sidsOf(party).size > 1).length,
    duplicateWebhooks,
    duplicateMessages: [...copies.values()].reduce((sum, count) => sum + count - 1, 0),
    lost: parties.filter(({ visitor, lastOutcomes }) =>
      lastOutcomes.some(
        ({ ok, conversationSid }) =>
          ok && (!conversations.get(conversationSid!) || (recipe.sends && !copies.has(visitor.messageId))),
      ),
    ).length,
  };
}

/**
 * All visitors start again, without faults. The plain calls find nothing again, so a visitor keeps the Conversation
 * that was answered.
 */
async function countOrphans(emulator: Emulator, recipe: Recipe, parties: Party[]): Promise<number> {
  const { conversations } = emulator.world.conversations;
  const before = conversations.list(emulator.account.conversationsServiceSid).map(({ sid }) => sid);
  const reached = new Set<string>();
  await inTurns(parties, AT_ONCE, async ({ visitor, lastOutcomes }) => {
    const isServed = !recipe.resumes && lastOutcomes.length === 1 && lastOutcomes[0]!.ok;
    const { conversationSid } = isServed ? lastOutcomes[0]! : await recipe.start(visitor);
    if (conversationSid) reached.add(conversationSid);
  });
  return before.filter((sid) => !reached.has(sid)).length;
}

function sidsOf({ outcomes, lastOutcomes }: Party): Set<string> {
  return new Set([...outcomes, ...lastOutcomes].flatMap(({ conversationSid }) => conversationSid ?? []));
}

/** Runs `atOnce` at a time, each followed by the next. */
async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
