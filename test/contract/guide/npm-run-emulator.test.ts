/** The output of `npm run emulator` is all that a shell needs. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..', '..');

it('prints the lines that point curl at it', async () => {
  const emulator = spawn(
    process.execPath,
    ['--import', 'tsx', 'emulator/cli.ts', '--port', '0', '--proxy-port', '0'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exports: string[] = [];
  for await (const line of createInterface(emulator.stdout)) {
    if (line.startsWith('export ')) exports.push(line);
    if (line.includes('Ctrl-C')) break;
  }

  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `${exports.join('\n')}\ncurl -sS https://conversations.twilio.com/v1/Conversations -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN`,
  ]);

  expect(JSON.parse(stdout)).toMatchObject({ conversations: [], meta: { key: 'conversations' } });
  emulator.kill('SIGTERM');
  await once(emulator, 'exit');
});
