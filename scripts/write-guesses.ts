/** `node scripts/run.mjs scripts/write-guesses.ts`: updates docs/emulator-guesses.md. */
import { writeFileSync } from 'node:fs';
import { generateGuesses, GUESSES_FILE } from './guesses';

void generateGuesses().then((document) => writeFileSync(GUESSES_FILE, document));
