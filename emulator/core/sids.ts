/** SIDs: two letters for the kind, then 32 lower-case hexadecimal digits. Source: openapi (patterns). */
import { createHash, randomFillSync } from 'node:crypto';

/** What each kind names. */
interface SidKinds {
  AC: 'Account';
  SK: 'API key';
  IS: 'Conversations Service';
  CH: 'Conversation';
  MB: 'Participant';
  IM: 'Message';
  WH: 'Webhook';
  DY: 'Delivery Receipt';
  HX: 'Content';
  SM: 'SMS';
  US: 'User';
  RL: 'Role';
  CR: 'Credential';
  BS: 'Binding';
  ME: 'Media';
  MG: 'Messaging Service';
  ET: 'Sync Document';
  MP: 'Sync Map';
  ES: 'Sync List';
  FC: 'Studio contact';
  FW: 'Flow';
  FN: 'Execution';
  FT: 'Step';
  GO: 'Flex Instance';
  KD: 'Interaction';
  UO: 'Interaction Channel';
  KG: 'Interaction Channel Invite';
  UT: 'Interaction Channel Participant';
  UX: 'Interaction Transfer';
  /** Guess: its letters. */
  NT: 'Interaction Channel Note';
  WS: 'Workspace';
  WA: 'Activity';
  TC: 'Task Channel';
  WQ: 'Task Queue';
  WW: 'Workflow';
  WK: 'Worker';
  WC: 'Worker Channel';
  WT: 'Task';
  WR: 'Reservation';
  EV: 'Event';
  ZS: 'Serverless Service';
  ZE: 'Environment';
  ZV: 'Variable';
  ZH: 'Function or Asset';
  ZN: 'Function Version or Asset Version';
  ZB: 'Build';
  ZD: 'Deployment';
  NO: 'Log';
  RQ: 'Request';
}

export type SidKind = keyof SidKinds;

const SID_BYTES = 16;
/** Random bytes for the SIDs to come: asking for a few at a time costs more than all the rest of a small resource. */
const pool = Buffer.alloc(256 * SID_BYTES);
let taken = pool.length;

export function createSid(kind: SidKind): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  return kind + pool.toString('hex', taken, (taken += SID_BYTES));
}

/** The same SID for the same name after every restart of the emulator, so that clients can keep using it. */
export function sidFromName(kind: SidKind, name: string): string {
  return kind + createHash('md5').update(`${kind}:${name}`).digest('hex');
}

export function isSid(kind: SidKind, value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(kind) && /^[A-Z]{2}[0-9a-f]{32}$/.test(value);
}
