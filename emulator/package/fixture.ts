/** An emulator for the tests of a file, whatever runs them. */
import { Emulator, type EmulatorOptions } from '../index';

/** What Jest, Vitest and `node:test` have in common. */
export interface Hooks {
  beforeAll(run: () => Promise<void>): void;
  beforeEach(run: () => Promise<void>): void;
  afterAll(run: () => Promise<void>): void;
}

export interface FixtureOptions extends EmulatorOptions {
  /** Keeps what one test leaves for the next. Otherwise each begins with a new world. */
  kept?: boolean;
}

/** Started before the tests, as new before each, stopped after them. Ask for it inside a test or a later hook. */
export function createFixture(
  { beforeAll, beforeEach, afterAll }: Hooks,
  { kept = false, ...options }: FixtureOptions = {},
): () => Emulator {
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    emulator = await Emulator.start(options);
  });
  if (!kept) beforeEach(async () => emulator!.reset());
  afterAll(async () => emulator?.stop());
  return () => {
    if (!emulator) throw new Error('The emulator starts before the first test: ask for it inside a test.');
    return emulator;
  };
}
