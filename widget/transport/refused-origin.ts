/** A page cannot read responses of the Functions if its origin is not allowed. This distinguishes such a refusal from an outage. */

/** Called when no response was received yet. Reports a refusal on the console, for the author of the page. */
export async function isOriginRefused(baseUrl: string): Promise<boolean> {
  // Not the origin of its URL: a frame with `sandbox` may have an opaque origin.
  const { origin } = globalThis as { origin?: string };
  if (origin === undefined || !(await isThere(baseUrl))) return false;
  const remedy =
    origin === 'null'
      ? 'it has no origin. The sandbox of its frame needs allow-same-origin'
      : `ALLOWED_ORIGINS must name ${origin}`;
  // eslint-disable-next-line no-console
  console.error(`[flex-chat] ${new URL(baseUrl).origin} does not answer to this page: ${remedy}`);
  return true;
}

/** Checked with a file that every page may load. */
function isThere(baseUrl: string): Promise<boolean> {
  return fetch(new URL('chat.js', baseUrl), { mode: 'no-cors', cache: 'no-store' } as RequestInit).then(
    () => true,
    () => false,
  );
}
