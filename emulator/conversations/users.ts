/** Users of a Conversations Service: made on first use, by REST or by connecting with a token. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { TwilioError } from '../core/errors';
import { createSid } from '../core/sids';
import type { ConversationsEvents } from './events';
import type { Actor, User } from './model';
import { SERVICE_USER_ROLE_SID } from './roles';
import { checkAttributes, checkFriendlyName, checkIdentity } from './validation';
import { MAX_PARTICIPANT_ATTRIBUTES_BYTES } from './limits';

export interface UserChange {
  friendlyName?: string | undefined;
  attributes?: string | undefined;
  roleSid?: string | undefined;
  isOnline?: boolean | undefined;
}

export class Users {
  private readonly bySid = new Map<string, User>();
  private readonly byIdentity = new Map<string, User>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
  ) {}

  /** The User of this identity, created if it does not exist. */
  ensure(chatServiceSid: string, identity: string, actor: Actor): User {
    return this.find(chatServiceSid, identity) ?? this.add(chatServiceSid, identity, {}, actor);
  }

  create(chatServiceSid: string, identity: string, change: UserChange, actor: Actor): User {
    if (this.find(chatServiceSid, identity)) {
      // Source: docs https://www.twilio.com/docs/api/errors/50201
      throw new TwilioError(409, 50201, 'User already exists');
    }
    return this.add(chatServiceSid, identity, change, actor);
  }

  /** By SID or identity. */
  find(chatServiceSid: string, sidOrIdentity: string): User | undefined {
    const user = this.bySid.get(sidOrIdentity);
    if (user?.chatServiceSid === chatServiceSid) return user;
    return this.byIdentity.get(`${chatServiceSid}/${sidOrIdentity}`);
  }

  /** Of every Service. */
  all(): User[] {
    return [...this.bySid.values()];
  }

  list(chatServiceSid: string): User[] {
    return [...this.bySid.values()].filter((user) => user.chatServiceSid === chatServiceSid);
  }

  update(user: User, change: UserChange, actor: Actor): User {
    if (change.friendlyName !== undefined) checkFriendlyName(change.friendlyName);
    if (change.attributes !== undefined) {
      user.attributes = checkAttributes(change.attributes, MAX_PARTICIPANT_ATTRIBUTES_BYTES);
    }
    if (change.friendlyName !== undefined) user.friendlyName = change.friendlyName;
    if (change.roleSid !== undefined) user.roleSid = change.roleSid;
    if (change.isOnline !== undefined) user.isOnline = change.isOnline;
    user.dateUpdated = this.clock.date();
    this.events.emit('userUpdated', { user, actor });
    return user;
  }

  /** Guess: the Participants of this identity stay, and get a new User when one is needed. */
  delete(user: User): void {
    this.bySid.delete(user.sid);
    this.byIdentity.delete(`${user.chatServiceSid}/${user.identity}`);
  }

  private add(chatServiceSid: string, identity: string, change: UserChange, actor: Actor): User {
    const now = this.clock.date();
    const user: User = {
      sid: createSid('US'),
      chatServiceSid,
      identity: checkIdentity(identity),
      friendlyName: checkFriendlyName(change.friendlyName ?? identity),
      attributes: checkAttributes(change.attributes ?? '{}', MAX_PARTICIPANT_ATTRIBUTES_BYTES),
      roleSid: change.roleSid ?? SERVICE_USER_ROLE_SID,
      isOnline: false,
      dateCreated: now,
      dateUpdated: now,
    };
    this.bySid.set(user.sid, user);
    this.byIdentity.set(`${chatServiceSid}/${identity}`, user);
    this.events.emit('userAdded', { user, actor });
    return user;
  }
}
