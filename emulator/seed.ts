/** An initial world from a hand-written file: `flex-chat-emulator --seed file.json`. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { SYSTEM } from './conversations/model';
import { explain } from './core/control-input';
import type { World } from './world';

const text = v.string();

const User = v.strictObject({ identity: text, friendlyName: v.optional(text), attributes: v.optional(text) });
const Message = v.strictObject({ author: text, body: text, attributes: v.optional(text) });
const Conversation = v.strictObject({
  friendlyName: v.optional(text),
  uniqueName: v.optional(text),
  attributes: v.optional(text),
  /** Their identities. */
  participants: v.optional(v.array(text), []),
  messages: v.optional(v.array(Message), []),
});
const Worker = v.strictObject({
  friendlyName: text,
  attributes: v.optional(text),
  /** By its name, like `Available`. */
  activity: v.optional(text),
});
const Flow = v.strictObject({ friendlyName: text, definition: v.record(v.string(), v.unknown()) });

/** Attributes are JSON as text, as at Twilio. */
const Schema = v.strictObject({
  users: v.optional(v.array(User), []),
  conversations: v.optional(v.array(Conversation), []),
  workers: v.optional(v.array(Worker), []),
  flows: v.optional(v.array(Flow), []),
});

export interface Seed {
  users: { identity: string; friendlyName?: string | undefined; attributes?: string | undefined }[];
  conversations: {
    friendlyName?: string | undefined;
    uniqueName?: string | undefined;
    attributes?: string | undefined;
    participants: string[];
    messages: { author: string; body: string; attributes?: string | undefined }[];
  }[];
  workers: { friendlyName: string; attributes?: string | undefined; activity?: string | undefined }[];
  flows: { friendlyName: string; definition: Record<string, unknown> }[];
}

export function readSeed(file: string): Seed {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT' ? `${file} does not exist` : `${file} cannot be read as JSON: ${message}`,
    );
  }
  const result = v.safeParse(Schema, json);
  if (!result.success) throw new Error(`${file} is not a valid seed: ${explain(Schema, result.issues)}`);
  return result.output;
}

/**
 * Uses the products' own rules, so that everything Twilio refuses is refused here, too.
 * @internal
 */
export function sow(seed: Seed, { account, conversations, taskrouter, studio }: World): void {
  const { conversationsServiceSid: serviceSid, workspaceSid } = account;
  for (const { identity, ...change } of seed.users) {
    conversations.users.create(serviceSid, identity, change, SYSTEM);
  }
  for (const { participants, messages, ...settings } of seed.conversations) {
    const conversation = conversations.conversations.create(serviceSid, settings, SYSTEM);
    for (const identity of participants) conversations.participants.add(conversation, { identity }, SYSTEM);
    for (const message of messages) conversations.messages.add(conversation, message, SYSTEM);
  }
  for (const { friendlyName, attributes, activity } of seed.workers) {
    const activities = taskrouter.workspaces.activities.list(workspaceSid);
    const found = activities.find((one) => one.friendlyName === activity);
    if (activity !== undefined && !found) throw new Error(`There is no Activity ${activity}`);
    taskrouter.workers.create(workspaceSid, friendlyName, { attributes, activitySid: found?.sid });
  }
  for (const { friendlyName, definition } of seed.flows) {
    studio.flows.create({
      friendlyName,
      definition: JSON.stringify(definition),
      status: 'published',
      commitMessage: null,
    });
  }
}
