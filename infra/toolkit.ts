/** Runs Twilio's toolkit, and passes the settings without leaving a secret on disk, even if the deploy is killed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Values } from './env-file';
import type { Project } from './project';
import { Remedy } from './terminal';

type Environment = Record<string, string | undefined>;

/**
 * The toolkit sends every line of the given file. Here that file contains only the names of the settings: the toolkit
 * takes the value of an empty one from its environment (`--load-system-env`), which ends with its process. A file with
 * values could survive SIGKILL. Source: sdk twilio-run config/utils/env
 */
export function toolkitInput(settings: Values): { file: string; environment: Values } {
  const names = Object.keys(settings).map((name) => `${name}=\n`);
  return { file: names.join(''), environment: settings };
}

/** `suffix` is the Environment's domain suffix; '' for production. */
export async function runToolkit(
  project: Project,
  settings: Values,
  suffix: string,
  environment: Environment,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const input = toolkitInput(settings);
    const file = join(folder, 'names.env');
    writeFileSync(file, input.file);
    const target = suffix === '' ? ['--production'] : ['--environment', suffix];
    await runNode(
      project.folder,
      [
        require.resolve('twilio-run/bin/twilio-run.js'),
        // The real file: without symlink support, the link is a text file.
        ...['deploy', '--config', '.twilioserverless'],
        ...['--env', file, '--load-system-env', '--override-existing-project'],
        ...target,
      ],
      { ...environment, ...input.environment },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a Node program in the project's folder, with its output in this terminal. */
export async function runNode(folder: string, args: string[], environment: Environment): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) {
    throw new Remedy(`This step failed (exit code ${String(code)}).`, 'See the output above.');
  }
}
