/**
 * A Build on disk, as the cloud lays it out: `handlers/ZN….js` for Functions, `files/ZN…` (flat, no extension) for private
 * Assets. Source: docs https://www.twilio.com/docs/serverless/functions-assets/client (paths below /var/task)
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { isPackaged } from '../../core/places';
import type { Build, Version } from '../model';

/** Whose packages deployed Functions get: this project's, or that of the folder where the package is used. */
const PROJECT = isPackaged ? process.cwd() : __dirname;
const TEMPORARY = 'tmp';

export class TaskFolder {
  private constructor(
    readonly folder: string,
    /** The file of each private Asset, by its upload path. */
    readonly privateAssets: Record<string, string>,
    /** As `Runtime.getFunctions()` answers: by path without the leading slash. */
    readonly functions: Record<string, { path: string }>,
    /** Where what it may require is installed. */
    private readonly installed: readonly string[],
  ) {}

  static write(build: Build): TaskFolder {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'emulator-task-'));
    for (const name of ['handlers', 'files', 'node_modules', TEMPORARY]) mkdirSync(join(folder, name));
    const privateAssets = build.assetVersions.filter(({ visibility }) => visibility === 'private');
    const place = (version: Version, file: string): string => {
      writeFileSync(file, version.content);
      return file;
    };
    const installed = build.dependencies.flatMap(({ name }) => linkInstalled(name, folder) ?? []);
    return new TaskFolder(
      folder,
      Object.fromEntries(
        privateAssets.map((asset) => [asset.path, place(asset, join(folder, 'files', asset.sid))]),
      ),
      Object.fromEntries(
        build.functionVersions.map((version) => [
          version.path.slice(1),
          { path: place(version, join(folder, 'handlers', `${version.sid}.js`)) },
        ]),
      ),
      installed,
    );
  }

  /** The only place where a Function can write. Source: docs https://www.twilio.com/docs/serverless/functions-assets/faq (temporary files) */
  get temporary(): string {
    return join(this.folder, TEMPORARY);
  }

  /** With everything below them. */
  get readable(): string[] {
    return [...new Set([this.folder, ...this.installed])];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Only what the Build declares can be required, as in the cloud. Differs: the cloud installs the declared version and
 * what that needs; here it is whatever version this project has installed.
 */
function linkInstalled(name: string, folder: string): string | undefined {
  const places = createRequire(join(PROJECT, 'index.js')).resolve.paths(name) ?? [];
  const installed = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (!installed) return undefined;
  const target = realpathSync(installed);
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, 'dir');
  return homeOf(target);
}

/** The folder of a package's dependencies: all packages of that project, at any depth. */
function homeOf(target: string): string {
  const [project, ...rest] = target.split(`${sep}node_modules${sep}`);
  return rest.length === 0 ? target : join(project!, 'node_modules');
}
