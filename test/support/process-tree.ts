/** The processes below one: from /proc, or from `ps` on systems without it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  name: string;
}

/** Without zombies. */
function processes(): Process[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

function fromProc(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return toProcess(
          /^(\d+) \((.*)\) (\S) (\d+)/s,
          [1, 4, 3, 2],
          readFileSync(`/proc/${pid}/stat`, 'utf8'),
        );
      } catch {
        return [];
      }
    });
}

function fromPs(): Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => toProcess(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)/, [1, 2, 3, 4], line));
}

/** `order`: the places of PID, parent, state and name in the pattern. */
function toProcess(pattern: RegExp, order: [number, number, number, number], line: string): Process[] {
  const match = pattern.exec(line);
  if (!match) return [];
  const [pid, parent, state, name] = order.map((place) => match[place]!) as [string, string, string, string];
  return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), name }];
}

/** The process itself first, then its children, and theirs. */
export function treeOf(pid: number): Process[] {
  const all = processes();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return [...all.filter((one) => one.pid === pid), ...below(pid)];
}

export function isRunning({ pid, name }: Process): boolean {
  return processes().some((one) => one.pid === pid && one.name === name);
}
