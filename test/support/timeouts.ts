/**
 * The timeout of anything in a test: tests check what happens, not how fast. A machine with a twentyfold load passes
 * them, too.
 */
export const HANGING_MS = 180_000;
