/** Texts that no log line may contain: secrets, tokens, identities, and the personal data of the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';

/** Names, addresses and words that customers in tests send, to be searched for afterwards. */
export const SEEDS = {
  name: 'Ada L.',
  otherName: 'Ada Lovelace',
  email: 'ada@example.com',
  phone: '+4915112345678',
  message: 'my card number is 4111 1111 1111 1111',
  secret: 'the host site shares this secret',
};

const embedded = parse(readFileSync(join(__dirname, '..', '..', '.env.emulator')));

const FORBIDDEN: [what: string, pattern: RegExp][] = [
  ['a token', /eyJ[\w-]{8,}\.[\w-]{8,}/],
  ["an anonymous visitor's identity", /visitor-[0-9a-f]{8}-/],
  ["a signed-in user's identity", /user-[\w-]{43}/],
  ...[embedded['AUTH_TOKEN']!, embedded['TWILIO_API_KEY_SECRET']!, ...Object.values(SEEDS)].map(
    (word): [string, RegExp] => [`"${word}"`, new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i')],
  ),
];

/** One sentence per forbidden line. */
export function forbiddenIn(log: string): string[] {
  return log
    .split('\n')
    .flatMap((line) =>
      FORBIDDEN.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${what} in: ${line}`),
    );
}
