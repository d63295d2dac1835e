/** API keys: they open the REST API and sign Access Tokens. */
import { randomBytes } from 'node:crypto';
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { MAX_NAME_CHARS } from './limits';
import type { ApiKey } from './model';

export class ApiKeys {
  private readonly keys = new Map<string, ApiKey>();

  constructor(
    private readonly clock: Clock,
    private readonly account: Account,
  ) {}

  /** The key that `.env.emulator` names. */
  addEmbedded(): void {
    this.add(this.account.apiKeySid, this.account.apiKeySecret, 'embedded');
  }

  list(): ApiKey[] {
    return [...this.keys.values()];
  }

  find(sid: string): ApiKey | undefined {
    return this.keys.get(sid);
  }

  /** Guess: the form of the secret; real ones are 32 letters and digits. */
  create(friendlyName: string): ApiKey {
    return this.add(createSid('SK'), randomBytes(16).toString('hex'), friendlyName);
  }

  rename(key: ApiKey, friendlyName: string): void {
    checkName(friendlyName);
    Object.assign(key, { friendlyName, dateUpdated: this.clock.date() });
  }

  remove(key: ApiKey): void {
    this.keys.delete(key.sid);
  }

  /** The password for a user name in Basic auth: the Auth Token for the account, its secret for a key. */
  passwordOf(username: string): string | undefined {
    return username === this.account.accountSid ? this.account.authToken : this.keys.get(username)?.secret;
  }

  private add(sid: string, secret: string, friendlyName: string): ApiKey {
    checkName(friendlyName);
    const now = this.clock.date();
    const key = { sid, secret, friendlyName, dateCreated: now, dateUpdated: now };
    this.keys.set(sid, key);
    return key;
  }
}

function checkName(name: string): void {
  if (name.length > MAX_NAME_CHARS)
    throw invalidParameter(`FriendlyName has more than ${MAX_NAME_CHARS} characters`);
}
