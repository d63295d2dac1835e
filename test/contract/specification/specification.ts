/** Twilio's specification of the products that this project calls or emulates. */
import { amend } from './amendments';
import { requestViolations, type SentRequest } from './check-request';
import { errorViolations, responseViolations } from './check-response';
import { normalise, STRICT } from './normalise';
import { byParameterCount, operationsOf, type Operation } from './operations';
import { readOpenApi } from './openapi';

/** The emulated products: all their operations are listed in docs/emulator-operations.md. */
export const EMULATED = ['conversations_v1', 'flex_v1', 'taskrouter_v1', 'studio_v2'];
/** Of these it has single operations. */
export const TOUCHED = ['sync_v1', 'serverless_v1', 'flex_v2', 'iam_v1', 'content_v1'];

export interface Exchange extends SentRequest {
  status: number;
  answer: string;
}

export class Specification {
  readonly operations: Operation[];

  /**
   * @param edition Twilio's files with additions; the other edition is the files as published in the package.
   */
  constructor(products = [...EMULATED, ...TOUCHED], strictness = STRICT, edition = amend) {
    this.operations = products
      .flatMap((product) => operationsOf(product, normalise(edition(readOpenApi(product)), strictness)))
      .sort(byParameterCount);
  }

  find({ method, host, path }: Pick<SentRequest, 'method' | 'host' | 'path'>): Operation | undefined {
    const pathname = path.split('?')[0]!;
    return this.operations.find(
      (operation) =>
        operation.method === method.toLowerCase() &&
        operation.host === host &&
        operation.pattern.test(pathname),
    );
  }

  checkRequest(request: SentRequest): string[] {
    const operation = this.find(request);
    return operation ? requestViolations(operation, request) : ['no such operation'];
  }

  /** An answer that rejects the request only has to be an error of Twilio's, for any request. */
  checkResponse(exchange: Exchange): string[] {
    const operation = this.find(exchange);
    if (operation) return responseViolations(operation, exchange.status, exchange.answer);
    return exchange.status >= 400 ? errorViolations(exchange.status, exchange.answer) : ['no such operation'];
  }
}
