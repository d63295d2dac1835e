/** Calls of Functions that are not about a Conversation. They fail with a `FunctionsError`. */
export interface OutsideChat {
  post<Answer>(path: string, body: object): Promise<Answer>;
  /** With the visitor's token, which is created if there is none. */
  postAsVisitor<Answer>(path: string, body: object): Promise<Answer>;
}
