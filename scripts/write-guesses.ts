/** `node scripts/run.mjs scripts/write-guesses.ts`: brings docs/emulator-guesses.md up to date. */
import { writeFileSync } from 'node:fs';
import { generateGuesses, GUESSES_FILE } from './guesses';

void generateGuesses().then((document) => writeFileSync(GUESSES_FILE, document));
