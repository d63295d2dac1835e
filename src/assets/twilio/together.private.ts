/** Parallel calls. */

/** Waits for all, even if one fails, so that nothing runs after the Function's answer; then throws the first failure. */
export async function together<Results extends readonly unknown[]>(
  calls: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  await Promise.allSettled(calls);
  return (await Promise.all(calls)) as unknown as Results;
}
