/** The globals that every Function gets from Twilio's runtime, with private assets resolved to the TypeScript sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import twilio from 'twilio';
import { collectConsole } from './functions-log';

const assetsDir = join(__dirname, '..', '..', 'src', 'assets');
const assets: ReturnType<typeof Runtime.getAssets> = {};
for (const file of readdirSync(assetsDir).filter((name) => name.endsWith('.private.ts'))) {
  const path = join(assetsDir, file);
  assets[`/${file.replace(/\.private\.ts$/, '.js')}`] = { path, open: () => readFileSync(path, 'utf8') };
}

// twilio-run ships the same Response class as @twilio/runtime-handler, whose "exports" map hides its own copy.
const { Response } = require('twilio-run/dist/runtime/internal/response');

Object.assign(globalThis, {
  Twilio: { ...twilio, Response },
  Runtime: { getAssets: () => assets, getFunctions: () => ({}) },
});

collectConsole();
