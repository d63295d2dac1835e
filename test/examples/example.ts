/** A project of examples/, used as a reader would: installed, built and started by its own commands. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

export const EXAMPLES = ['vite', 'next', 'react-native'] as const;
export type Example = (typeof EXAMPLES)[number];

/** How each of them serves what it has built. */
const SERVE: Record<Example, (port: string) => string[]> = {
  vite: (port) => ['vite', 'preview', '--host', '127.0.0.1', '--strictPort', '--port', port],
  next: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port],
  'react-native': (port) => ['expo', 'serve', 'dist', '--port', port],
};

export function folderOf(example: Example): string {
  return join(__dirname, '..', '..', 'examples', example);
}

/** Resolves when it has ended well. */
export function runNpm(args: string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (part: Buffer) => output.push(part));
    npm.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} in ${cwd}:\n${Buffer.concat(output).toString()}`));
    });
  });
}

/** Resolves when it answers. */
export async function serve(example: Example, port: number): Promise<ChildProcess> {
  const [name, ...args] = SERVE[example](String(port));
  const cwd = folderOf(example);
  const server = spawn(join(cwd, 'node_modules', '.bin', name!), args, {
    cwd,
    env: environment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`${name} ended with code ${code}`)));
    // All print their address once they listen.
    server.stdout.on('data', (part: Buffer) => {
      if (part.toString().includes(String(port))) resolve();
    });
  });
  return server;
}

function environment(more: Record<string, string>): NodeJS.ProcessEnv {
  // Not Jest's: each tool knows its own.
  const { NODE_ENV: _, ...inherited } = process.env;
  return {
    ...inherited,
    NEXT_TELEMETRY_DISABLED: '1',
    EXPO_NO_TELEMETRY: '1',
    EXPO_OFFLINE: '1',
    CI: '1',
    ...more,
  } as NodeJS.ProcessEnv;
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
