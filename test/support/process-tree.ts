/** The processes below one, as listed by Linux. */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  name: string;
}

/** Without zombies. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [, name = '', state, parent] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(stat)!;
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), name }];
      } catch {
        return [];
      }
    });
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
