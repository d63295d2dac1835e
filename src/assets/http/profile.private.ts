/** What the host site has signed about a user, beyond who it is: it reaches the agent and never touches the identity. */
import * as fields from './input.private';

export interface Profile {
  friendlyName?: string;
  preChat?: Record<string, string>;
  /** More was signed, and is not at hand: nothing unsigned may stand in its place. */
  isPartial?: true;
}

/** An odd value is no reason to turn a customer away: what does not pass the rules for chat data is left out. */
export function takeProfile(value: unknown): Profile {
  const { friendlyName, preChat } = (value ?? {}) as { friendlyName?: unknown; preChat?: unknown };
  const name = fields.takeValid(fields.friendlyName, friendlyName);
  const answers = fields.takeValid(fields.preChat, preChat);
  return { ...(name !== undefined && { friendlyName: name }), ...(answers && { preChat: answers }) };
}
