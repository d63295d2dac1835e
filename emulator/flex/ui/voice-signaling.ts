/**
 * Enough of Twilio Voice's signaling for Flex UI's Voice SDK to register without errors: without it agents see a permanent
 * banner about issues. Differs: there are no calls. Source: observed with Flex UI 2.17.1
 */
import { WebSocketServer, type WebSocket } from 'ws';
import type { SocketRoute } from '../../core/sockets';

/** Wall time, because it is about the real socket. */
const KEEP_ALIVE_MS = 8_000;
const PROTOCOL_VERSION = '1.6';

export class VoiceSignaling {
  private readonly sockets = new WebSocketServer({ noServer: true });

  readonly route: SocketRoute = {
    path: /^\/voice-js(\.[a-z0-9-]+)?\.twilio\.com\/signal$/,
    upgrade: (request, socket, head) =>
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => this.open(webSocket)),
  };

  dispose(): void {
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private open(socket: WebSocket): void {
    const say = (type: string, payload: object): void =>
      socket.send(JSON.stringify({ type, payload, version: PROTOCOL_VERSION }));
    const keepAlive = setInterval(() => socket.send('\n'), KEEP_ALIVE_MS).unref();
    socket.on('close', () => clearInterval(keepAlive));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const type = typeOf(String(data));
      if (type === 'listen') say('connected', { region: 'US_EAST_VIRGINIA', edge: 'ashburn', home: 'us1' });
      if (type === 'register') say('ready', {});
    });
  }
}

/** Undefined for a keep-alive and for anything that is not JSON. */
function typeOf(message: string): unknown {
  try {
    return (Object(JSON.parse(message)) as { type?: unknown }).type;
  } catch {
    return undefined;
  }
}
