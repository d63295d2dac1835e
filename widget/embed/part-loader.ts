/** Loads the files on demand, each once, and returns what they deliver. */
import type { PartScript } from './contract';

interface PartLoader {
  /** Prefetches the file without running it. */
  prefetch(file: string): void;
  load<Part>(file: string): Promise<Part>;
  destroy(): void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): typeof asItIs;
}

/** A page that requires Trusted Types must allow this policy (docs/widget.md). Created once: a second one would be blocked. */
const POLICY = 'flex-chat';
const asItIs = { createScriptURL: (url: string): string => url };
let policy: typeof asItIs | undefined;

/** @param nonce for pages whose policy allows scripts by nonce */
export function createPartLoader(baseUrl: string, nonce: string | undefined): PartLoader {
  const parts = new Map<string, Promise<unknown>>();
  const elements: Element[] = [];
  const add = (element: Element): void => {
    elements.push(element);
    document.head.append(element);
  };
  return {
    prefetch(file) {
      if (parts.has(file)) return;
      const link = document.createElement('link');
      link.rel = 'prefetch';
      link.as = 'script';
      link.href = baseUrl + file;
      add(link);
    },
    load<Part>(file: string): Promise<Part> {
      const present = parts.get(file) as Promise<Part> | undefined;
      if (present) return present;
      const part = new Promise<Part>((resolve, reject) => {
        const script = document.createElement('script') as PartScript<Part>;
        script.take = resolve;
        const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
        policy ??= trustedTypes ? trustedTypes.createPolicy(POLICY, asItIs) : asItIs;
        script.src = policy.createScriptURL(baseUrl + file);
        if (nonce) script.nonce = nonce;
        script.onerror = () => {
          script.remove();
          reject(new Error(file));
        };
        add(script);
      });
      // The next attempt loads it again.
      part.catch(() => parts.delete(file));
      parts.set(file, part);
      return part;
    },
    destroy() {
      for (const element of elements) element.remove();
    },
  };
}
