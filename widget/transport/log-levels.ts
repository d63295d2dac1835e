/**
 * Undoes a side effect of the SDK's logger on sites that bundle the SDK themselves: it writes its levels into localStorage,
 * and overwrites those of a page that uses the same logger. Source: loglevel/lib/loglevel.js
 */

import type { KeyValueStorage } from './chat-storage';

const NAME = /^loglevel(:|$)/;

/** Returns a function that restores the current levels. */
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
    return {}; // Denied by the browser: then the logger has written nothing either.
  }
}

/** Node has none. */
function storage(): KeyValueStorage | undefined {
  return (globalThis as { localStorage?: KeyValueStorage }).localStorage;
}
