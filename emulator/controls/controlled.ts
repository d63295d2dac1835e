import type { World } from '../world';

/** What the controls move. The world changes with each reset. */
export interface Controlled {
  readonly world: World;
  reset(): Promise<void>;
  snapshot(): Promise<Uint8Array>;
  restore(snapshot: Uint8Array): Promise<void>;
}
