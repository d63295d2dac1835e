/**
 * An agent's identity in Conversations: Flex takes the login and writes every character but letters and digits as `_HH`.
 * Source: observed in public recordings of Flex UI. Guess: outside ASCII, byte by byte in UTF-8.
 */
export function flexIdentity(login: string): string {
  return login.replace(/[^A-Za-z0-9]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}
