/** `npm run dev`: `npm start`, with changes in `src`, `widget` and `infra/studio` live at once. Open chats continue. */
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { Emulator } from '../emulator/emulator';
import { FLOWS_FOLDER } from '../emulator/core/places';
import { runCommand, type CommandOptions, type Print } from '../infra/terminal';
import { SRC } from './build/compile-src';
import { WIDGET } from './build/bundle';
import { ChangedFiles, type Change } from './dev/changed-files';
import { LiveBuild } from './dev/live-build';
import { PageReload } from './dev/page-reload';
import type { FunctionsProcess } from './functions-process';
import { serve, START_OPTIONS } from './start';

const root = join(__dirname, '..');

const USAGE = {
  command: 'npm run dev',
  does: 'The same as npm start. What you change in src, widget and infra/studio is live at once, and pages reload.',
  options: START_OPTIONS,
} as const;

function dev({ environment, args = [], print }: CommandOptions): Promise<number> {
  const { values } = parseArgs({ args, options: START_OPTIONS });
  const build = new LiveBuild(join(root, 'dist'));
  const reload = new PageReload();
  const files = new ChangedFiles([SRC, WIDGET, FLOWS_FOLDER]);
  return serve(
    values,
    { environment, print },
    {
      build: () => build.everything(),
      functions: { live: true, onReloadPage: (...page) => reload.add(...page) },
      onServing({ emulator, functions }) {
        print('  Watching src, widget and infra/studio\n');
        // By file. What a mistake has kept from becoming live is tried again with the next change.
        const waiting = new Map<string, Change>();
        files.watch(async (changes) => {
          for (const change of changes) waiting.set(change.file, change);
          const isLive = await take([...waiting.values()], { build, reload, functions, emulator, print });
          if (isLive) waiting.clear();
        });
      },
      async stop() {
        files.stop();
        await build.stop();
      },
    },
  );
}

interface Live {
  build: LiveBuild;
  reload: PageReload;
  functions: FunctionsProcess;
  emulator: Emulator;
  print: Print;
}

/** Reports a mistake and keeps the last working build. */
async function take(changes: Change[], live: Live): Promise<boolean> {
  const began = Date.now();
  try {
    await bring(changes, live);
    const names = changes.map(({ file }) => relative(root, file).split(sep).join('/')).join(', ');
    live.print(`Live after ${Date.now() - began} ms: ${names}`);
    return true;
  } catch (error) {
    live.print(`Not live: ${(error as Error).message}`);
    return false;
  }
}

async function bring(changes: Change[], { build, reload, functions, emulator }: Live): Promise<void> {
  const inFolder = (folder: string): Change[] => changes.filter(({ file }) => file.startsWith(folder + sep));
  for (const { file, kind } of inFolder(FLOWS_FOLDER)) {
    if (kind !== 'removed' && file.endsWith('.json'))
      emulator.world.studio.flows.publishFile(emulator.account, file);
  }
  const sources = inFolder(SRC).filter(({ file }) => file.endsWith('.ts'));
  if (sources.length > 0) {
    build.functions(sources);
    await functions.reload(sources.every(({ kind }) => kind === 'changed'));
  }
  if (inFolder(WIDGET).length > 0) {
    if (await build.widget()) await functions.reload(false);
    reload.send();
  }
}

if (process.argv[1] === __filename) runCommand(dev, USAGE);
