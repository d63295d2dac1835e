import type { World } from '../world';

/** What the controls act on. Each reset replaces the world. */
export interface Controlled {
  readonly world: World;
  reset(): Promise<void>;
  snapshot(): Promise<Uint8Array>;
  restore(snapshot: Uint8Array): Promise<void>;
}
