/** `flex-chat-emulator/node-test`: `const emulator = useEmulator();` at the top of a test file or of a `describe`. */
import { after, before, beforeEach } from 'node:test';
import type { Emulator } from '../index';
import { createFixture, type FixtureOptions } from './fixture';

export type { FixtureOptions } from './fixture';

export function useEmulator(options?: FixtureOptions): () => Emulator {
  return createFixture({ beforeAll: before, beforeEach, afterAll: after }, options);
}
