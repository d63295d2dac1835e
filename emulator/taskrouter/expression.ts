/**
 * TaskRouter's expressions, as Workflow filters, TargetWorkers and EvaluateTaskAttributes use them:
 * `selected_language == "de" AND (tier IN ["gold", "silver"] OR tags HAS 'vip')`.
 * Source: docs https://www.twilio.com/docs/taskrouter/expression-syntax
 */
import { invalidParameter } from '../core/errors';

export type Attributes = Record<string, unknown>;
type Evaluate = (attributes: Attributes) => unknown;

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(==|!=|<>|<=|>=|[=<>()[\],])|([A-Za-z_$][\w.$-]*))/y;

interface Token {
  kind: 'text' | 'number' | 'symbol' | 'word';
  value: string;
}

/** Compiles once; 20001 for what is not an expression. */
export function parseExpression(source: string): (attributes: Attributes) => boolean {
  const parser = new Parser(tokenize(source), source);
  const evaluate = parser.whole();
  return (attributes) => Boolean(evaluate(attributes));
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw invalidParameter(`Invalid expression at position ${start}: ${source}`);
    const [, text, number, symbol, word] = match;
    if (text !== undefined) tokens.push({ kind: 'text', value: text.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol });
    else tokens.push({ kind: 'word', value: word! });
  }
  return tokens;
}

class Parser {
  private position = 0;

  constructor(
    private readonly tokens: Token[],
    private readonly source: string,
  ) {}

  whole(): Evaluate {
    const evaluate = this.or();
    if (this.position < this.tokens.length) this.fail();
    return evaluate;
  }

  private or(): Evaluate {
    let left = this.and();
    while (this.takeWord('OR')) {
      const [first, second] = [left, this.and()];
      left = (attributes) => Boolean(first(attributes)) || Boolean(second(attributes));
    }
    return left;
  }

  private and(): Evaluate {
    let left = this.not();
    while (this.takeWord('AND')) {
      const [first, second] = [left, this.not()];
      left = (attributes) => Boolean(first(attributes)) && Boolean(second(attributes));
    }
    return left;
  }

  private not(): Evaluate {
    if (!this.takeWord('NOT')) return this.comparison();
    const operand = this.not();
    return (attributes) => !operand(attributes);
  }

  private comparison(): Evaluate {
    if (this.takeSymbol('(')) {
      const inner = this.or();
      if (!this.takeSymbol(')')) this.fail();
      return inner;
    }
    const left = this.operand();
    const operator = this.operator();
    if (!operator) return left;
    const right = this.operand();
    return (attributes) => operator(left(attributes), right(attributes));
  }

  private operator(): ((left: unknown, right: unknown) => boolean) | undefined {
    const token = this.tokens[this.position];
    const operator = token && token.kind !== 'text' ? OPERATORS[token.value.toUpperCase()] : undefined;
    if (operator) {
      this.position += 1;
      return operator;
    }
    const next = this.tokens[this.position + 1];
    if (token?.value.toUpperCase() === 'NOT' && next?.value.toUpperCase() === 'IN') {
      this.position += 2;
      return (left, right) => !isIn(left, right);
    }
    return undefined;
  }

  private operand(): Evaluate {
    const token = this.tokens[this.position];
    if (!token) this.fail();
    this.position += 1;
    if (token.kind === 'text') return () => token.value;
    if (token.kind === 'number') return () => Number(token.value);
    if (token.kind === 'symbol') {
      if (token.value === '[') return this.list();
      this.fail();
    }
    switch (token.value.toLowerCase()) {
      case 'true':
        return () => true;
      case 'false':
        return () => false;
      case 'null':
        return () => null;
      default:
        return (attributes) => lookUp(attributes, token.value);
    }
  }

  private list(): Evaluate {
    const items: Evaluate[] = [];
    while (!this.takeSymbol(']')) {
      items.push(this.operand());
      if (!this.takeSymbol(',') && this.tokens[this.position]?.value !== ']') this.fail();
    }
    return (attributes) => items.map((item) => item(attributes));
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word' || token.value.toUpperCase() !== word) return false;
    this.position += 1;
    return true;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'symbol' || token.value !== symbol) return false;
    this.position += 1;
    return true;
  }

  private fail(): never {
    throw invalidParameter(`Invalid expression: ${this.source}`);
  }
}

const OPERATORS: Record<string, ((left: unknown, right: unknown) => boolean) | undefined> = {
  '=': isEqual,
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<>': (left, right) => !isEqual(left, right),
  '<': (left, right) => Number(left) < Number(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>': (left, right) => Number(left) > Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
  IN: isIn,
  HAS: (left, right) => isIn(right, left),
  CONTAINS: (left, right) => isText(left) && isText(right) && left.includes(right),
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A missing attribute equals null. Guess: TaskRouter does not document missing attributes. */
function isEqual(left: unknown, right: unknown): boolean {
  return (left ?? null) === (right ?? null);
}

function isIn(item: unknown, list: unknown): boolean {
  return Array.isArray(list) && list.some((candidate) => isEqual(candidate, item));
}

/** `customers.name` reads into objects. */
function lookUp(attributes: Attributes, path: string): unknown {
  let value: unknown = attributes;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Attributes)[name];
  }
  return value;
}
