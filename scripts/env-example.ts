/** The text of `.env.example`, generated from the table of settings. */
import { SETTINGS, type Setting } from '../src/assets/settings/settings.private';

const HEAD = `# Every setting of the Functions. Copy this file to .env and fill it in. A commented-out line is an optional setting: the
# comment above says its default, and whether the line shows an example. npm run deploy copies the settings that have a
# value to the cloud, except ACCOUNT_SID and AUTH_TOKEN, which the platform sets there. One setting per line: no export,
# and no comment after a value. Put a value with a # or quotes in single quotes. npm run doctor checks the file. npm start
# does not read .env: try a setting offline with npm start -- --set NAME=value
`;

export function envExample(): string {
  const entries = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const { meaning, example } = setting;
    const isOptional = 'fallback' in setting;
    return `# ${meaning}${isOptional ? describe(setting) : ''}\n${isOptional ? '# ' : ''}${name}=${example}\n`;
  });
  return [HEAD, ...entries].join('\n');
}

function describe({ fallback, example }: Setting<unknown>): string {
  const isDefault = String(fallback) === example;
  return `. ${fallback === undefined ? 'No default' : `Default: ${String(fallback)}`}${isDefault || example === '' ? '' : '. Example:'}`;
}
