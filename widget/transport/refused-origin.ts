/** A page cannot read responses of the Functions if its origin is not allowed. This distinguishes such a refusal from an outage. */

/** Called when no response was received yet. Reports a refusal on the console, for the author of the page. */
export async function isOriginRefused(baseUrl: string): Promise<boolean> {
  // Not the origin of its URL: a frame with `sandbox` may have an opaque origin.
  const { origin } = globalThis as { origin?: string };
  // If the page can read an error, another answer was lost, or came from a gateway.
  if (!origin || (await isAnswered(baseUrl, 'cors')) || !(await isAnswered(baseUrl, 'no-cors'))) return false;
  // ALLOWED_ORIGINS takes no other origin: not that of a file, of a sandboxed frame, or of an app's own scheme.
  const remedy = /^https?:/.test(origin)
    ? `add ${origin} to ALLOWED_ORIGINS`
    : `its origin is ${origin}. Serve it from a web server, not from disk; a sandbox needs allow-same-origin`;
  // eslint-disable-next-line no-console
  console.error(`[flex-chat] ${new URL(baseUrl).origin} rejects this page: ${remedy}`);
  return true;
}

/** Asks a Function that does nothing without parameters, in a request without preflight. */
function isAnswered(baseUrl: string, mode: 'cors' | 'no-cors'): Promise<boolean> {
  const request = { method: 'POST', body: new URLSearchParams(), mode };
  return fetch(new URL('end-chat', baseUrl), request).then(
    () => true,
    () => false,
  );
}
