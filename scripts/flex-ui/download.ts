/** Downloads one file, with a progress line. */
import { Remedy } from '../../infra/terminal';

const NEXT = 'Give another --from, or omit it to use npm.';

export async function download(address: string): Promise<string> {
  const response = await fetch(address).catch((error: Error) => {
    throw new Remedy(`${address} cannot be reached: ${String(error.cause ?? error)}`, NEXT);
  });
  if (!response.ok || !response.body) throw new Remedy(`${address} answers ${response.status}`, NEXT);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (process.stderr.isTTY) process.stderr.write(`\rDownloading: ${(bytes / 1e6).toFixed(1)} MB`);
  }
  process.stderr.write(`\rDownloaded: ${(bytes / 1e6).toFixed(1)} MB\n`);
  return Buffer.concat(chunks).toString();
}
