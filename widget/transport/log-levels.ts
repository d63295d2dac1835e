/**
 * What the SDK's logger does to the page where a site's own bundler brings the SDK: it writes its levels into localStorage,
 * over those of a page that uses the same logger. Source: loglevel/lib/loglevel.js
 */

import type { KeyValueStorage } from './chat-storage';

const NAME = /^loglevel(:|$)/;

/** Returns how to put back what is there now. */
export function keepLogLevels(): () => void {
  const before = read();
  return () => {
    const after = read();
    for (const name of Object.keys(after)) if (!(name in before)) storage()!.removeItem(name);
    for (const [name, level] of Object.entries(before)) {
      if (after[name] !== level) storage()!.setItem(name, level);
    }
  };
}

function read(): Record<string, string> {
  try {
    const levels = Object.entries(storage() ?? {}).filter(([name]) => NAME.test(name));
    return Object.fromEntries(levels) as Record<string, string>;
  } catch {
    return {}; // Refused by the browser: then the logger has written nothing either.
  }
}

/** Node has none. */
function storage(): KeyValueStorage | undefined {
  return (globalThis as { localStorage?: KeyValueStorage }).localStorage;
}
