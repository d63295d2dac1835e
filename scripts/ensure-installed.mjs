// Installs the packages of package-lock.json, unless exactly those are installed. Plain JavaScript: it runs before
// anything is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = 20;

/**
 * @param {string} folder The package to install; by default the project itself.
 */
export function ensureInstalled(folder = root) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    fail(
      `This project needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. Install a newer one.`,
    );
  }
  if (isInstalled(folder)) return;
  process.stderr.write('Installing the packages of package-lock.json …\n');
  // npm sets npm_execpath when it runs this; otherwise (plain `node scripts/…`) the npm on the PATH is used.
  const [command, args] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath, 'ci']]
    : ['npm', ['ci']];
  const { status } = spawnSync(command, [...args, '--no-fund', '--no-audit'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail('Installation failed. See the output above.');
}

/**
 * npm records the installed packages in node_modules/.package-lock.json. Packages of other platforms may be missing
 * there.
 */
function isInstalled(folder) {
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const present = readPackages(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return {};
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
