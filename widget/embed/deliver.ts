/** Called by a file that was loaded on demand, while it runs. */
import type { PartScript } from './contract';

export function deliver<Part>(part: Part): void {
  (document.currentScript as PartScript<Part> | null)?.take?.(part);
}
