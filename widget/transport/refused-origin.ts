/** A page cannot read responses of the Functions if its origin is not allowed. This distinguishes such a refusal from an outage. */

/** Called when no response was received yet. Reports a refusal on the console, for the author of the page. */
export async function isOriginRefused(baseUrl: string): Promise<boolean> {
  // Not the origin of its URL: a frame with `sandbox` may have an opaque origin.
  const { origin } = globalThis as { origin?: string };
  if (origin === undefined) return false;
  // Without parameters this Function does nothing. If its error can be read, another answer was lost, or came from a gateway.
  const nothing = { method: 'POST', body: new URLSearchParams() };
  if (await isAnswered(new URL('end-chat', baseUrl), nothing)) return false;
  // Every page may load this file.
  if (!(await isAnswered(new URL('chat.js', baseUrl), { mode: 'no-cors' }))) return false;
  // ALLOWED_ORIGINS takes no other origin: not that of a file, of a sandboxed frame, or of an app's own scheme.
  const remedy = /^https?:/.test(origin)
    ? `add ${origin} to ALLOWED_ORIGINS`
    : `its origin is ${origin}. Serve it from a web server, not from disk; a sandbox needs allow-same-origin`;
  // eslint-disable-next-line no-console
  console.error(`[flex-chat] ${new URL(baseUrl).origin} rejects this page: ${remedy}`);
  return true;
}

function isAnswered(url: URL, options: RequestInit): Promise<boolean> {
  return fetch(url, { ...options, cache: 'no-store' } as RequestInit).then(
    () => true,
    () => false,
  );
}
