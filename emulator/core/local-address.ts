/** Where the emulator sends Twilio's requests: to this machine, and to itself for Twilio's own hosts. */

export function isLoopback(url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * The actual address of a request to this URL; undefined if it would leave the machine. Twilio's APIs (`*.twilio.com`) and
 * deployed Functions (`*.twil.io`) are the emulator's own.
 */
export function toLocalUrl(url: string, emulatorUrl: string | undefined): string | undefined {
  if (!URL.canParse(url)) return undefined;
  if (isLoopback(url)) return url;
  if (emulatorUrl === undefined) return undefined;
  const { hostname, pathname, search } = new URL(url);
  return /^[a-z0-9_-]+\.(twilio\.com|twil\.io)$/.test(hostname)
    ? `${emulatorUrl}/${hostname}${pathname}${search}`
    : undefined;
}
