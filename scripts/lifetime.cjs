// Ends a process with the process that started it. Signals are not enough: npm and its shell can be killed without a
// signal to their children. scripts/run.mjs has every Node process below it load this file (NODE_OPTIONS).
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { isMainThread, Worker, workerData } = require('node:worker_threads');

const LOOK_EVERY_MS = 250;
const SHELL = /^-?(ba|da|a|z|k)?sh$|^busybox$|^fish$/;

if (isMainThread) {
  // A separate thread: the main one may be busy for seconds, for example in the TypeScript compiler.
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

/**
 * The watched processes, each with its current parent. npm runs a script in a shell that survives npm; every other
 * parent watches itself.
 */
function ancestors() {
  const chain = [{ pid: process.pid, parent: process.ppid }];
  if (!process.env.npm_lifecycle_event) return chain;
  for (let pid = process.ppid, state; SHELL.test((state = stateOf(pid))?.name ?? ''); pid = state.parent) {
    chain.push({ pid, parent: state.parent });
  }
  return chain;
}

/** An orphan gets another parent. Windows keeps the old parent's id. */
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

/** Undefined if unknown: on Windows, or if the process has ended. */
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
