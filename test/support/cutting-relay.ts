/**
 * A relay in front of the emulator that cuts one call, counted from 1: before it takes effect, or after, with its
 * answer lost.
 */
import { createServer, request as sendRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class CuttingRelay {
  hasCut = false;
  private calls = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(
    target: string,
    { call, moment }: { call: number; moment: 'before' | 'after' },
  ): Promise<CuttingRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const relay = new CuttingRelay(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const isCut = ++relay.calls === call;
      if (isCut) relay.hasCut = true;
      if (isCut && moment === 'before') return void request.socket.destroy();
      const { method, headers } = request;
      const upstream = sendRequest(target + request.url, { method, headers, agent: false }, (answer) => {
        if (isCut) return void answer.resume().on('end', () => request.socket.destroy());
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      request.pipe(upstream);
    });
    return relay;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
