/**
 * How long anything in a test may take before it counts as hanging: tests are about what happens, never about how soon.
 * A machine with twenty times the work that it can do passes them, too.
 */
export const HANGING_MS = 180_000;
