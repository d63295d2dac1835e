/**
 * Data about a user that the host site has signed, beyond the identity: it reaches the agent and never affects the
 * identity.
 */
import * as fields from './input.private';

export interface Profile {
  friendlyName?: string;
  preChat?: Record<string, string>;
  /** More data was signed and is not available: unsigned data must not replace it. */
  isPartial?: true;
}

/** Invalid values are left out: they are no reason to reject a customer. */
export function takeProfile(value: unknown): Profile {
  const { friendlyName, preChat } = (value ?? {}) as { friendlyName?: unknown; preChat?: unknown };
  const name = fields.takeValid(fields.friendlyName, friendlyName);
  const answers = fields.takeValid(fields.preChat, preChat);
  return { ...(name !== undefined && { friendlyName: name }), ...(answers && { preChat: answers }) };
}
