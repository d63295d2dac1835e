/**
 * Compiles `src` file by file. Each import of a private asset becomes a lookup in `Runtime.getAssets()`, because the
 * cloud stores every file under its version SID (docs/decisions/0007). `npm run typecheck` checks the types; this step
 * only strips them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
export const SRC = join(ROOT, 'src');
const PRIVATE = '.private';
const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
};

/** Every source file, relative to `src`. */
export function sourceFiles(src = SRC): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
}

/** Writes `functions` and `assets` into `outDir`. Throws, naming the file, for a relative import of anything else. */
export function compileSrc(outDir: string, src = SRC, withMaps = false): void {
  for (const file of sourceFiles(src)) compileFile(outDir, file, src, withMaps);
}

/** One of them, by its path below `src`. */
export function compileFile(outDir: string, file: string, src = SRC, withMaps = false): void {
  const out = join(outDir, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, compile(src, file, withMaps));
}

function compile(src: string, file: string, withMaps: boolean): string {
  const path = join(src, file);
  const { outputText, diagnostics } = ts.transpileModule(readFileSync(path, 'utf8'), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { ...COMPILER, ...(withMaps && sourceMapOf(path)) },
    transformers: { after: [lookUpAssets(src)] },
  });
  const [problem] = diagnostics ?? [];
  if (problem) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`);
  return outputText;
}

/** Puts the source map into the file. By default it would name a source beside the output. */
function sourceMapOf(path: string): ts.CompilerOptions {
  const sourceRoot = pathToFileURL(`${dirname(path)}${sep}`).href;
  return { inlineSourceMap: true, inlineSources: true, sourceRoot };
}

/** `require("./x.private")` becomes `require(Runtime.getAssets()["/room/x.js"].path)`. */
function lookUpAssets(src: string): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const visit = (node: ts.Node): ts.Node => {
      const module = requiredPath(node);
      if (module === undefined) return ts.visitEachChild(node, visit, context);
      const assets = factory.createCallExpression(factory.createIdentifier('Runtime.getAssets'), [], []);
      const key = factory.createStringLiteral(assetKey(src, module, file.fileName));
      const path = factory.createPropertyAccessExpression(
        factory.createElementAccessExpression(assets, key),
        'path',
      );
      return factory.createCallExpression(factory.createIdentifier('require'), undefined, [path]);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** The relative path in `require('./…')`; undefined for every other node, including required packages. */
function requiredPath(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  if (node.expression.text !== 'require') return undefined;
  const [module] = node.arguments;
  return module && ts.isStringLiteralLike(module) && /^\.{1,2}(\/|$)/.test(module.text)
    ? module.text
    : undefined;
}

/** The key under which the platform lists an asset: `/room/name.js` for `src/assets/room/name.private.ts`. */
function assetKey(src: string, module: string, importer: string): string {
  const target = join(dirname(importer), module);
  const path = relative(join(src, 'assets'), target);
  if (path.startsWith('..') || !path.endsWith(PRIVATE) || !existsSync(`${target}.ts`)) {
    throw new Error(
      `${relative(src, importer)} imports ${module}: import only private assets (src/assets/…${PRIVATE}.ts).`,
    );
  }
  return `/${path.slice(0, -PRIVATE.length).split(sep).join('/')}.js`;
}
