/** `npm run emulator -- parity FILE`: each difference between a real account's recording and the emulator. */
import { guessOf, lineOf } from './guesses';
import { replay, type Difference } from './replay';

/** Returns the exit code: 1 if there is a difference. */
export async function parity(file: string, print: (line: string) => void): Promise<number> {
  const differences = await replay(file);
  for (const difference of differences) {
    const { aspect, operation, field, twilio, emulator } = difference;
    print(`${aspect.padEnd(6)}  ${operation}${field === '' ? '' : `  ${field}`}`);
    print(`        Twilio    ${twilio}`);
    print(`        emulator  ${emulator}`);
    print(`        ${settledBy(difference)}`);
  }
  print(differences.length === 0 ? 'No difference.' : `${differences.length} differences.`);
  return differences.length === 0 ? 0 : 1;
}

function settledBy(difference: Difference): string {
  const guess = guessOf(difference);
  return guess
    ? `settles   docs/emulator-guesses.md:${lineOf(guess)} (${guess.words})`
    : 'settles   no guess: the emulator took this for a fact';
}
