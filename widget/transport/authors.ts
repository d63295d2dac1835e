/** Each author's key and name. Identities are logins, so they do not leave this file; keys reveal nothing about them. */
import type { Client, Message, Participant, User } from '@twilio/conversations';
import type { ChatEvent } from '../state/events';
import { SYSTEM, authorName, userName } from './display-name';
import { withinHoldTime } from './hold-time';

export interface Author {
  /** The same for the same author, across reconnects of this page. */
  key: string;
  /** Empty if there is none, or not yet. */
  name: string;
}

type Written = Pick<Message, 'author' | 'participantSid'>;

const keys = new Map<string, string>();

function keyOf(identity: string): string {
  const key = keys.get(identity) ?? `author-${keys.size + 1}`;
  keys.set(identity, key);
  return key;
}

export class Authors {
  private readonly names = new Map<string, string>();
  private readonly lookups = new Map<string, Promise<void>>();

  constructor(
    private readonly client: Client,
    /** The visitor's identity. It needs no name. */
    private readonly visitor: string,
    private readonly notify: (event: ChatEvent) => void,
  ) {
    client.on('userUpdated', ({ user }) => this.learn(user));
  }

  /** Null for a system message. */
  of({ author }: Written): Author | null {
    return author === null || author === SYSTEM ? null : this.author(author);
  }

  /** Resolves when the authors' names are known, or after a timeout. */
  async ready(messages: readonly Written[]): Promise<void> {
    const lookups = messages.map(({ author, participantSid }) =>
      author === null || author === SYSTEM || author === this.visitor
        ? undefined
        : this.lookUp(author, participantSid === null),
    );
    await withinHoldTime(Promise.all(lookups));
  }

  /** Participants of other channels have no identity, and no name. */
  async ofParticipant({ sid, identity }: Participant): Promise<Author> {
    if (identity === null) return { key: sid, name: '' };
    await this.ready([{ author: identity, participantSid: sid }]);
    return this.author(identity);
  }

  private author(identity: string): Author {
    return { key: keyOf(identity), name: this.names.get(identity) ?? '' };
  }

  private lookUp(identity: string, isFree: boolean): Promise<void> {
    const present = this.lookups.get(identity);
    if (present) return present;
    const lookup = this.client.getUser(identity).then(
      (user) => this.learn(user),
      (error: { status?: number } | null) => {
        // Retried next time: only "there is no such User" is final.
        if (error?.status !== 404) this.lookups.delete(identity);
        else if (isFree) this.name(identity, authorName(identity));
      },
    );
    this.lookups.set(identity, lookup);
    return lookup;
  }

  private learn({ identity, friendlyName }: User): void {
    this.name(identity, userName(friendlyName, identity));
  }

  private name(identity: string, name: string): void {
    if ((this.names.get(identity) ?? '') === name) return;
    this.names.set(identity, name);
    this.notify({ type: 'authorNamed', authorKey: keyOf(identity), name });
  }
}
