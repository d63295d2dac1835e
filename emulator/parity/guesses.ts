/** The line of docs/emulator-guesses.md that a difference settles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Difference } from './replay';

export const GUESSES_FILE = join(__dirname, '..', '..', 'docs', 'emulator-guesses.md');

export interface Guess {
  aspect: Difference['aspect'];
  operation: RegExp;
  /** Of a status: the code that the emulator answers with. */
  code?: number;
  field?: RegExp;
  /** Text that only this line of the file contains. */
  words: string;
}

/** Those that a recording can settle: the calls of infra/smoke/parity/probe.ts. */
export const GUESSES: readonly Guess[] = [
  {
    aspect: 'status',
    operation: /^POST \S+\/Conversations$/,
    code: 50353,
    words: 'errors/50353. **Guess:**',
  },
  { aspect: 'status', operation: /^POST \S+\/Participants$/, code: 50433, words: 'errors/50416. **Guess:**' },
  {
    aspect: 'status',
    operation: /^GET \S+\/Webhooks\/\S+$/,
    code: 20404,
    words: 'the path names no webhook',
  },
  {
    aspect: 'status',
    operation: /^GET \S+\/Participants\/\S+$/,
    code: 20404,
    words: 'the path names no Participant',
  },
  {
    aspect: 'status',
    operation: /^GET \S+\/Messages\/\S+$/,
    code: 20404,
    words: 'the path names no Message',
  },
  {
    aspect: 'status',
    operation: /^POST \S+\/Messages$/,
    code: 50377,
    words: 'only changes of the Conversation, new Messages and new Participants are refused',
  },
  {
    aspect: 'status',
    operation: /^POST \S+\/Messages$/,
    code: 50304,
    words: 'only objects make sense as attributes',
  },
  {
    aspect: 'field',
    operation: /^GET \S+\/ParticipantConversations$/,
    field: /^conversations\b/,
    words: 'closed Conversations are listed too',
  },
  { aspect: 'field', operation: /\/Webhooks$/, field: /^configuration\b/, words: '`triggers`; the example' },
  { aspect: 'field', operation: /^webhook /, field: /^ChatServiceSid$/, words: 'sent with every event' },
  { aspect: 'order', operation: /^webhooks$/, words: 'Twilio does not promise any order' },
];

/** Undefined if no guess covers the difference. */
export function guessOf({ aspect, operation, field, twilio, emulator }: Difference): Guess | undefined {
  return GUESSES.find(
    (guess) =>
      guess.aspect === aspect &&
      guess.operation.test(operation) &&
      (guess.field?.test(field) ?? true) &&
      (guess.code === undefined || `${twilio}${emulator}`.includes(`(${guess.code})`)),
  );
}

/** Counted from 1. */
export function lineOf({ words }: Guess): number {
  return (
    readFileSync(GUESSES_FILE, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(words)) + 1
  );
}
