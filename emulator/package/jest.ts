/** `flex-chat-emulator/jest`: `const emulator = useEmulator();` at the top of a test file or of a `describe`. */
import type { Emulator } from '../index';
import { createFixture, type FixtureOptions, type Hooks } from './fixture';

export type { FixtureOptions } from './fixture';

/** Jest's own, which are globals while a test file is read; types of Jest are not needed for them. */
const hooks = globalThis as unknown as Hooks;

export function useEmulator(options?: FixtureOptions): () => Emulator {
  return createFixture(hooks, options);
}
