/** Loads the files that come on demand, each once, and takes over what they hand out. */
import type { PartScript } from './contract';

export class PartLoader {
  private readonly parts = new Map<string, Promise<unknown>>();
  private readonly elements = new Set<Element>();

  constructor(
    private readonly baseUrl: string,
    /** For pages whose policy names scripts by nonce. */
    private readonly nonce: string | undefined,
  ) {}

  /** Tells the browser that the file will be wanted; nothing of it runs. */
  prefetch(file: string): void {
    if (this.parts.has(file)) return;
    const link = document.createElement('link');
    link.rel = 'prefetch';
    link.as = 'script';
    link.href = this.baseUrl + file;
    this.add(link);
  }

  load<Part>(file: string): Promise<Part> {
    const present = this.parts.get(file) as Promise<Part> | undefined;
    if (present) return present;
    const part = new Promise<Part>((resolve, reject) => {
      const script = document.createElement('script') as PartScript<Part>;
      script.take = resolve;
      script.src = this.baseUrl + file;
      script.async = true;
      if (this.nonce) script.nonce = this.nonce;
      script.onerror = () => {
        // The next attempt asks again.
        this.parts.delete(file);
        script.remove();
        reject(new Error(`${file} could not be loaded`));
      };
      this.add(script);
    });
    this.parts.set(file, part);
    return part;
  }

  destroy(): void {
    for (const element of this.elements) element.remove();
  }

  private add(element: Element): void {
    this.elements.add(element);
    document.head.append(element);
  }
}
