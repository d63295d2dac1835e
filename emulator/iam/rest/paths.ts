/** The data of IAM's routes. */
import type { Iam } from '../domain';

export interface IamApi {
  domain: Iam;
  accountSid: string;
}

/** Source: openapi iam_v1 (PageSize) */
export const MAX_PAGE_SIZE = 1000;
