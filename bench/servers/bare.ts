/** The minimum that node:http can do: read the request to its end, and return the answer that was PUT for it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const answers = new Map<string, Answer>();

function serve(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    if (request.method === 'PUT') {
      const { key, answer } = JSON.parse(text) as { key: string; answer: Answer };
      answers.set(key, answer);
      response.writeHead(204).end();
      return;
    }
    const { status, headers, body } = answers.get(`${request.method} ${request.url}`)!;
    response.writeHead(status, headers).end(body);
  });
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () =>
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
