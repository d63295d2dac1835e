/** Converts an error into the state's `Problem`. */
import type { Problem } from '../state/model';
import { OpenError } from '../transport/contract';
import { FunctionsError } from '../transport/functions-client';

export function toProblem(error: unknown): Problem {
  if (error instanceof OpenError) return { code: error.code, retryable: error.code === 'unreachable' };
  if (!(error instanceof FunctionsError)) return { code: 'unknown', retryable: true };
  const { code, retryable, opensAt } = error;
  return { code, retryable, ...(opensAt === undefined ? {} : { opensAt }) };
}

/** The pass is no longer accepted: only a new visitor can start a chat. */
const REFUSALS = ['invalid_token', 'token_expired', 'session_ended', 'rejected'];

export function isRefusal({ code }: Problem): boolean {
  return REFUSALS.includes(code);
}
