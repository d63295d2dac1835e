/** Names that always mean this machine. */

/** The host name in a `Host` header or in the `host` of a URL, without the port. */
export function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

export function isLoopbackName(name: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);
}
