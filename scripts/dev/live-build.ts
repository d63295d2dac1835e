/** Keeps `dist` up to date with the sources, quickly: not minified, with source maps. Deploying builds again. */
import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { context, type BuildContext } from 'esbuild';
import { compileFile, compileSrc, SRC } from '../build/compile-src';
import { copyDemo, widgetBundle } from '../build/widget';
import type { Change } from './changed-files';
import { RELOAD_SCRIPT } from './page-reload';

export class LiveBuild {
  private readonly assets: string;
  private bundler: BuildContext<{ write: false }> | undefined;
  private readonly written = new Map<string, string>();

  constructor(private readonly dist: string) {
    this.assets = join(dist, 'assets');
  }

  async everything(): Promise<void> {
    rmSync(this.dist, { recursive: true, force: true });
    compileSrc(this.dist, SRC, true);
    await this.widget();
  }

  /** Compiles what has changed in `src`. */
  functions(changes: readonly Change[]): void {
    for (const { file, kind } of changes) {
      const source = relative(SRC, file);
      if (kind === 'removed') rmSync(join(this.dist, source.replace(/\.ts$/, '.js')), { force: true });
      else compileFile(this.dist, source, SRC, true);
    }
  }

  /** Returns whether it created new files. */
  async widget(): Promise<boolean> {
    this.bundler ??= await context({
      ...widgetBundle(this.assets),
      write: false,
      minify: false,
      sourcemap: 'inline',
      logLevel: 'silent',
    });
    const { outputFiles } = await this.bundler.rebuild();
    const isNew = outputFiles.some(({ path }) => !this.written.has(path));
    await mkdir(this.assets, { recursive: true });
    for (const { path, text } of outputFiles) {
      if (this.written.get(path) === text) continue;
      this.written.set(path, text);
      await writeFile(path, path === join(this.assets, 'chat.js') ? withReload(text) : text);
    }
    await copyDemo(this.assets);
    return isNew;
  }

  async stop(): Promise<void> {
    await this.bundler?.dispose();
  }
}

/** Before the source map, which is the last line. */
function withReload(script: string): string {
  const at = script.lastIndexOf('//# sourceMappingURL=');
  return `${script.slice(0, at)}${RELOAD_SCRIPT}\n${script.slice(at)}`;
}
