/**
 * `npm run pins`: whether a package that this repository pins is behind by a major, and whether Node's versions here have
 * ended. It asks npm and the calendar, so `npm test` does not run it: a checkout has to pass its tests next year, too.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { checkNode, checkPin, readPins, type Verdict } from './pins/pins';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function newestOf(name: string): string {
  // On Windows npm is a script, which only a shell starts. The names are those of package.json.
  const isWindows = process.platform === 'win32';
  return execFileSync('npm', ['view', name, 'version'], {
    cwd: root,
    encoding: 'utf8',
    shell: isWindows,
  }).trim();
}

async function pins({ print }: CommandOptions): Promise<number> {
  const verdicts: Verdict[] = [
    checkNode('.twilioserverless', /"runtime":\s*"node(\d+)"/.exec(read('.twilioserverless'))![1]!),
    checkNode('.nvmrc', read('.nvmrc').trim()),
    ...readPins(root).map((pin) => checkPin(pin, newestOf(pin.name))),
  ];
  for (const { what, isBehind } of verdicts) print(`${isBehind ? 'BEHIND' : 'ok    '}  ${what}`);
  return verdicts.some(({ isBehind }) => isBehind) ? 1 : 0;
}

runCommand(pins, {
  command: 'npm run pins',
  does: 'Compares the pinned packages and the versions of Node with what npm and the calendar say today.',
});
