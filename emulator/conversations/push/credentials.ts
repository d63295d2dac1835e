/** Credentials for push notifications. They belong to the account, and every Service may use them. */
import type { Clock } from '../../core/clock';
import { invalidParameter } from '../../core/errors';
import { createSid } from '../../core/sids';
import type { Credential, PushType } from './model';

/** Source: openapi conversations_v1 (CreateCredential) */
const MAX_NAME_CHARS = 64;

export interface CredentialChange {
  type?: PushType | undefined;
  friendlyName?: string | undefined;
  sandbox?: boolean | undefined;
}

export class Credentials {
  private readonly bySid = new Map<string, Credential>();

  constructor(
    private readonly clock: Clock,
    embedded: readonly { sid: string; type: PushType }[],
  ) {
    for (const { sid, type } of embedded) this.add(sid, type, {});
  }

  create(type: PushType, change: CredentialChange): Credential {
    return this.add(createSid('CR'), type, change);
  }

  find(sid: string): Credential | undefined {
    return this.bySid.get(sid);
  }

  list(): Credential[] {
    return [...this.bySid.values()];
  }

  update(credential: Credential, { type, friendlyName, sandbox }: CredentialChange): void {
    checkName(friendlyName);
    if (type !== undefined) credential.type = type;
    if (friendlyName !== undefined) credential.friendlyName = friendlyName;
    if (sandbox !== undefined) credential.sandbox = sandbox;
    credential.dateUpdated = this.clock.date();
  }

  /** Guess: Bindings that use it stay, and get nothing. */
  delete(credential: Credential): void {
    this.bySid.delete(credential.sid);
  }

  private add(sid: string, type: PushType, { friendlyName, sandbox = false }: CredentialChange): Credential {
    checkName(friendlyName);
    const now = this.clock.date();
    const credential: Credential = {
      sid,
      type,
      friendlyName: friendlyName ?? null,
      sandbox,
      dateCreated: now,
      dateUpdated: now,
    };
    this.bySid.set(sid, credential);
    return credential;
  }
}

function checkName(friendlyName = ''): void {
  if (friendlyName.length > MAX_NAME_CHARS)
    throw invalidParameter(`FriendlyName must have at most ${MAX_NAME_CHARS} characters`);
}
