/**
 * Walks through the emulator like a client with only the specification: it follows the addresses in the answers, and
 * checks every request and every answer against the files.
 */
import type { Emulator } from '../../../emulator/emulator';
import type { Operation } from '../specification/operations';
import type { Specification } from '../specification/specification';

const FORM = 'application/x-www-form-urlencoded';

/** What an operation takes: the pairs of a form, or, where it takes JSON, objects too. */
export type Form = Record<string, string | string[] | object>;
export type Json = Record<string, unknown> & { sid: string };

export class Walk {
  readonly violations: string[] = [];
  private readonly succeeded = new Set<Operation>();
  /** Every Twilio address in the answers so far, oldest first, without the emulator's host and the query. */
  private readonly addresses = new Set<string>();

  constructor(
    private readonly emulator: Emulator,
    private readonly specification: Specification,
  ) {}

  hasSucceeded(operation: Operation): boolean {
    return this.succeeded.has(operation);
  }

  /** @param address For example `https://conversations.twilio.com/v1/Conversations`. */
  async post(address: string, form: Form, { webhooks = false } = {}): Promise<Json> {
    const extra: Record<string, string> = webhooks ? { 'x-twilio-webhook-enabled': 'true' } : {};
    const { answer, status } = await this.send('POST', address, form, extra);
    if (status >= 300) throw new Error(`POST ${address}: ${answer}`);
    return JSON.parse(answer) as Json;
  }

  /** GETs everything that it finds, until nothing new appears. */
  async readAll(served: Operation[]): Promise<void> {
    const visited = new Set<string>();
    for (let before = -1; before < visited.size;) {
      before = visited.size;
      for (const operation of served.filter(({ method }) => method === 'get')) {
        for (const address of this.addressesOf(operation)) {
          if (visited.has(address)) continue;
          visited.add(address);
          await this.send('GET', address + this.queryFor(operation));
        }
      }
    }
  }

  /**
   * Tries the operation on each of its addresses, newest first, until one succeeds: the oldest belong to the embedded
   * account, and other resources depend on them.
   */
  async tryOperation(operation: Operation, form?: Form): Promise<void> {
    for (const address of this.addressesOf(operation).reverse()) {
      const { status } = await this.send(operation.method.toUpperCase(), address, form);
      if (status < 300) return;
    }
  }

  async send(
    method: string,
    address: string,
    form?: Form,
    extraHeaders: Record<string, string> = {},
  ): Promise<{ status: number; answer: string }> {
    const { host, pathname, search } = new URL(address);
    const operation = this.specification.find({ method, host, path: pathname });
    const [type = FORM] = Object.keys(operation?.requestBody?.content ?? {});
    const toBody = (fields: Form): string =>
      type === FORM ? toPairs(fields).toString() : JSON.stringify(fields);
    const body = form === undefined ? '' : toBody(form);
    const headers = { ...extraHeaders };
    if (form !== undefined) headers['content-type'] = type;
    const { accountSid, authToken } = this.emulator.account;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const response = await fetch(`${this.emulator.url}/${host}${pathname}${search}`, {
      method,
      headers: { ...headers, authorization },
      ...(form && { body }),
    });
    const [status, answer] = [response.status, await response.text()];
    const exchange = { method, host, path: pathname + search, headers, body, status, answer };
    const problems = this.specification.checkResponse(exchange);
    if (status < 300) problems.push(...this.specification.checkRequest(exchange));
    this.violations.push(...problems.map((problem) => `${method} ${pathname}: ${problem}`));
    if (operation && status < 300) this.succeeded.add(operation);
    if (answer !== '' && status < 300) this.learn(JSON.parse(answer));
    return { status, answer };
  }

  /** The known addresses of this operation. An address that ends in words, a list, is below one of its parent. */
  private addressesOf(operation: Operation): string[] {
    const [, parent, words] = /^(.*?\}|)((?:\/[^{}]+)?)$/.exec(operation.path) ?? [];
    const parents = [...this.addresses].filter((address) => {
      const { host, pathname } = new URL(address);
      return host === operation.host && patternOf(parent!).test(pathname);
    });
    const known = parent === '' ? [`https://${operation.host}`] : parents;
    return known
      .map((address) => address + words)
      .filter((address) => {
        const { host, pathname } = new URL(address);
        return this.specification.find({ method: operation.method, host, path: pathname }) === operation;
      });
  }

  /** The query of lists that need a filter. */
  private queryFor({ operationId }: Operation): string {
    if (operationId === 'ListGetKeys') return `?AccountSid=${this.emulator.account.accountSid}`;
    return operationId.endsWith('ParticipantConversation') ? '?Identity=ada' : '';
  }

  /** For resources without a `url` in their answer. */
  remember(address: string): void {
    this.addresses.add(address);
  }

  private learn(json: unknown): void {
    if (typeof json === 'string' && /^https:\/\/[a-z-]+\.twilio\.com\//.test(json)) {
      this.remember(json.split('?')[0]!);
    }
    if (typeof json === 'object' && json !== null) Object.values(json).forEach((value) => this.learn(value));
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function toPairs(form: Form): URLSearchParams {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs);
}
