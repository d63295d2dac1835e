/** Calls side by side. */

/**
 * Waits for all, also when one fails, so that nothing goes on after the Function's answer; then throws the first failure.
 */
export async function together<Results extends readonly unknown[]>(
  calls: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  await Promise.allSettled(calls);
  return (await Promise.all(calls)) as unknown as Results;
}
