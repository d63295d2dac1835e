/** The Functions on this machine: twilio-run behind the front that receives all requests. */
import { join } from 'node:path';
import { Remedy } from '../infra/terminal';
import { writeLog } from '../src/assets/http/log.private';
import { whatIs } from './functions/served';
import { Front, REFUSED_LOCALLY, type FrontOptions } from './functions/front';
import { startTwilioRun, type TwilioRun } from './functions/twilio-run';
import { ownNames } from './own-addresses';

const root = join(__dirname, '..');

export interface FunctionsProcess {
  /** Resolves when twilio-run ends, with its exit code. */
  ended: Promise<number | null>;
  /** After `dist` has changed. Files that are new or gone need another twilio-run; calls wait for it. */
  reload(sameFiles: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface FunctionsOptions {
  cwd?: string;
  log?: 'inherit' | 'ignore';
  /** The address to listen on; by default the loopback interface. */
  host?: string | undefined;
  /** Allowed origins; their hosts may be names of this machine. */
  origins?: readonly string[];
  inspect?: string | undefined;
  /** Returns the explanation of an origin that the Functions rejected. */
  onForeignOrigin?: (origin: string) => string;
  /** `dist` will change while it runs. */
  live?: boolean;
  /** Called when a page subscribes to reloads. */
  onReloadPage?: FrontOptions['onReloadPage'];
}

export async function startFunctions(
  envFile: string,
  port: number,
  options: FunctionsOptions = {},
): Promise<FunctionsProcess> {
  const { cwd = root, log = 'inherit', host, origins = [], inspect, live, onReloadPage } = options;
  let finish: (code: number | null) => void;
  const ended = new Promise<number | null>((resolve) => (finish = resolve));
  const run = async (): Promise<TwilioRun> => {
    const started = await startTwilioRun({ cwd, envFile, port, log, inspect, live });
    void started.ended.then(async (code) => {
      if ((await current) === started) finish(code);
    });
    return started;
  };
  let current = run();
  await current;
  try {
    const front = await Front.start({
      port,
      addresses: host === undefined ? ['127.0.0.1', '::1'] : [host],
      names: host === undefined ? [] : ownNames(host, origins),
      socket: async () => (await current).socket,
      whatIs: (path) => whatIs(join(cwd, 'dist'), path),
      onForeignOrigin: options.onForeignOrigin,
      onRefusal: ({ status, requestId }) => {
        // As the Functions log their calls, and in the same place.
        if (log === 'inherit') writeLog('call.refused', { status, requestId, code: REFUSED_LOCALLY });
      },
      onReloadPage,
    });
    return {
      ended,
      async reload(sameFiles) {
        const before = await current;
        if (sameFiles) return before.reload();
        current = before.stop().then(run);
        await current;
      },
      async stop() {
        await Promise.all([front.stop(), current.then((one) => one.stop())]);
      },
    };
  } catch (error) {
    await (await current).stop();
    throw cannotListen(error as NodeJS.ErrnoException, `${host ?? '127.0.0.1'}:${port}`) ?? error;
  }
}

const NO_LISTENING = ['EADDRNOTAVAIL', 'EADDRINUSE', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT'];

function cannotListen({ code = '', message }: NodeJS.ErrnoException, where: string): Remedy | undefined {
  if (!NO_LISTENING.includes(code)) return undefined;
  return new Remedy(
    `The Functions cannot listen on ${where}: ${message}.`,
    'Give --host an address of this machine, and --port a free port.',
  );
}
