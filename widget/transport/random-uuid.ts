/**
 * A version 4 UUID on every page: `crypto.randomUUID` is missing on plain http pages, for example in an intranet. In the bundles
 * it replaces that function for the SDK, too (scripts/build/bundle.ts).
 */
export function randomUUIDAnywhere() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
