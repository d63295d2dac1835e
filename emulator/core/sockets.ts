/** The WebSockets of the account's products. Each is reached under its host and path, as its HTTP addresses are. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface SocketRoute {
  /** Of the whole path, with the host as its first segment: `/event-bridge.twilio.com/v1/wschannels`. */
  path: RegExp;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function upgradeSocket(
  routes: readonly SocketRoute[],
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const path = request.url?.split('?')[0] ?? '';
  const route = routes.find((one) => one.path.test(path));
  if (route) route.upgrade(request, socket, head);
  else refuseUpgrade(socket);
}

/** An upgraded socket is left to the emulator: its errors, and its end when the client does not hang up. */
export function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
    socket.destroy(),
  );
}
