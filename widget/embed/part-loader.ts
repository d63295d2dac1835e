/** Loads the files that come on demand, each once, and takes over what they hand out. */
import type { PartScript } from './contract';

interface PartLoader {
  /** Lets the browser know that the file will be wanted; nothing of it runs. */
  prefetch(file: string): void;
  load<Part>(file: string): Promise<Part>;
  destroy(): void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): typeof asItIs;
}

/** Where a page requires Trusted Types, its policy must name this one (docs/widget.md). Made once: a second is refused. */
const POLICY = 'flex-chat';
const asItIs = { createScriptURL: (url: string): string => url };
let policy: typeof asItIs | undefined;

/** @param nonce for pages whose policy names scripts by nonce */
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
      // The next attempt asks again.
      part.catch(() => parts.delete(file));
      parts.set(file, part);
      return part;
    },
    destroy() {
      for (const element of elements) element.remove();
    },
  };
}
