import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** An upgraded socket has no other owner: its errors end here, and it is closed though the client does not hang up. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
}
