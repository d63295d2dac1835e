/** An origin that the Functions do not name gets no answer that its page may read. This tells such a refusal from an outage. */

/** Asked once nothing has been answered at all. Says it in the console, for the author of the page. */
export async function isOriginRefused(baseUrl: string): Promise<boolean> {
  // Not that of its address: a frame with `sandbox` may have none.
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

/** By a file that every page may load. */
function isThere(baseUrl: string): Promise<boolean> {
  return fetch(new URL('chat.js', baseUrl), { mode: 'no-cors', cache: 'no-store' } as RequestInit).then(
    () => true,
    () => false,
  );
}
