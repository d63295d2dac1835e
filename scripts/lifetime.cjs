// Ties a process to the one that started it. Signals are not enough: npm and its shell can be killed in ways that nothing
// below them hears of. scripts/run.mjs has every Node process below it load this file (NODE_OPTIONS).
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { isMainThread, Worker, workerData } = require('node:worker_threads');

const LOOK_EVERY_MS = 250;
const SHELL = /^-?(ba|da|a|z|k)?sh$|^busybox$|^fish$/;

if (isMainThread) {
  // A thread of its own: the main one may be busy for seconds, for example in the TypeScript compiler.
  const worker = new Worker(__filename, { workerData: { watched: ancestors() }, env: {}, execArgv: [] });
  worker.unref();
} else if (workerData?.watched) {
  const { watched } = workerData;
  setInterval(() => {
    if (watched.every(isSame)) return;
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000);
  }, LOOK_EVERY_MS);
}

/** The processes whose end is ours, each with the parent that it has as long as that one lives. */
function ancestors() {
  const self = { pid: process.pid, parent: process.ppid };
  const parent = stateOf(process.ppid);
  // npm runs a script in a shell, which goes on without npm. Every other parent is looked after by itself.
  const isShellOfNpm = process.env.npm_lifecycle_event && parent && SHELL.test(parent.name);
  return isShellOfNpm ? [self, { pid: process.ppid, parent: parent.parent }] : [self];
}

/** An orphan gets another parent. Windows keeps the number of the old one. */
function isSame({ pid, parent }) {
  const now =
    pid === process.pid ? process.ppid : process.platform === 'linux' ? stateOf(pid)?.parent : parent;
  return now === parent && isAlive(parent);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Undefined where it cannot be known: on Windows, or when the process has ended. */
function stateOf(pid) {
  try {
    if (process.platform === 'linux') {
      const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return { name, parent: Number(parent) };
    }
    if (process.platform === 'win32') return undefined;
    const [, parent, name] = /^\s*(\d+)\s+(?:.*\/)?([^/]+?)\s*$/.exec(
      execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }),
    );
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
