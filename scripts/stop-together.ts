/** Several servers that stop together, as one program. */
import type { FunctionsProcess } from './functions-process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for a signal, or for the end of the Functions; stops everything; returns the exit code. */
export async function stopTogether(
  functions: FunctionsProcess,
  others: ReadonlyArray<{ stop(): Promise<void> }>,
): Promise<number> {
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve('asked'));
  });
  const code = await Promise.race([asked, functions.ended]);
  await Promise.all([functions.stop(), ...others.map((one) => one.stop())]);
  // Null: ended by a signal. Ctrl-C also reaches twilio-run, sometimes before this process.
  if (code === 'asked' || code === null) return 0;
  console.error(`twilio-run ended with code ${code}.`);
  return 1;
}
