/** Unique names of Conversations: derived from the identity, so that whoever looks for it finds it. */

/** An identity's first Conversation has the number 1; each one after a closed one has the next. */
export function nameOf(identity: string, number: number): string {
  return `chat-${identity}-${number}`;
}

/** Whether the Functions gave this name: other channels of the same Flex, SMS or WhatsApp, have Conversations too. */
export function isChatName(uniqueName: string | null): boolean {
  return /^chat-(visitor|user)-.+-[1-9]\d{0,8}$/.test(uniqueName ?? '');
}

/** The number in a name that is this identity's, else undefined. */
export function numberIn(identity: string, uniqueName: string | null): number | undefined {
  const start = `chat-${identity}-`;
  if (!uniqueName?.startsWith(start)) return undefined;
  const number = uniqueName.slice(start.length);
  return /^[1-9]\d{0,8}$/.test(number) ? Number(number) : undefined;
}
