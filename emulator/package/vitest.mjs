// `flex-chat-emulator/vitest`: `const emulator = useEmulator();` at the top of a test file or of a `describe`. Plain
// JavaScript, because Vitest can only be imported by modules; its types are those of `flex-chat-emulator/jest`.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createFixture } from './fixture.js';

export function useEmulator(options) {
  return createFixture({ beforeAll, beforeEach, afterAll }, options);
}
