/** A measured server in a separate process: otherwise its time would count as the client's. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Usage {
  cpuMs: number;
  heapBytes: number;
}

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** For example `http://127.0.0.1:40123`. */
    readonly url: string,
  ) {}

  static async start(name: 'bare' | 'emulator'): Promise<ServerProcess> {
    const child = fork(join(__dirname, `${name}.ts`), { execArgv: ['--expose-gc', '--import', 'tsx'] });
    const [url] = (await Promise.race([once(child, 'message'), failed(child, name)])) as [string];
    return new ServerProcess(child, url);
  }

  /** The emulator's usage since its start, after garbage collection. */
  async usage(): Promise<Usage> {
    const told = once(this.child, 'message');
    this.child.send('usage');
    return ((await told) as [Usage])[0];
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill();
    await exit;
  }
}

async function failed(child: ChildProcess, name: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`The ${name} server ended with ${code} before it listened`);
}
