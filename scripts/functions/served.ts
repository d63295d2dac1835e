/** What a built project serves at a path. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Served } from './caller-check';

/** The first line of a Function's comment says how it is called. */
const DECLARES_GET = /^\/\*\*\s+\* GET \//m;

export function whatIs(dist: string, path: string): Served {
  // Twilio serves it at `/`. Source: sdk twilio-run/dist/runtime/server.js
  if (path === '/') return 'asset';
  const file = ['.js', '.protected.js']
    .map((end) => join(dist, 'functions', `${path}${end}`))
    .find((one) => isFile(one));
  if (file) return DECLARES_GET.test(readFileSync(file, 'utf8')) ? 'readFunction' : 'function';
  return isFile(join(dist, 'assets', path)) ? 'asset' : undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
