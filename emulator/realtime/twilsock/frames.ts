/**
 * Twilsock frames: `TWILSOCK V3.0 <header bytes>\r\n<header JSON>\r\n<payload>`, one per binary WebSocket message.
 * Source: sdk twilsock/builds/lib.js (Parser)
 */

const MAGIC = /^TWILSOCK V3\.0 (\d{1,7})$/;
const LINE_END = '\r\n';
/** The magic and a header length of seven digits fit in it. */
const MAX_FIRST_LINE_BYTES = 24;

export interface FrameHeader {
  id: string;
  method: string;
  /** Bytes, as is the header's length in the first line: never characters. */
  payload_size?: number;
  payload_type?: string;
  [field: string]: unknown;
}

export interface Frame {
  header: FrameHeader;
  payload: Buffer;
}

export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** A payload that several frames carry: every event goes out to each of its subscribers, and is made JSON once. */
export class SharedPayload {
  readonly json: string;
  readonly bytes: number;

  constructor(payload: unknown) {
    this.json = JSON.stringify(payload);
    this.bytes = Buffer.byteLength(this.json);
  }
}

export function encodeFrame(header: Omit<FrameHeader, 'payload_size'>, payload?: unknown): Buffer {
  const body =
    payload instanceof SharedPayload || payload === undefined ? payload : new SharedPayload(payload);
  const type = body && { payload_type: 'application/json' };
  const head = JSON.stringify({ ...header, ...type, payload_size: body?.bytes ?? 0 });
  return Buffer.from(
    `TWILSOCK V3.0 ${Buffer.byteLength(head)}${LINE_END}${head}${LINE_END}${body?.json ?? ''}`,
  );
}

export function decodeFrame(data: Buffer): Frame {
  const lineEnd = data.subarray(0, MAX_FIRST_LINE_BYTES).indexOf(LINE_END);
  const match = MAGIC.exec(data.subarray(0, Math.max(0, lineEnd)).toString('latin1'));
  if (!match) throw new FrameError('Not a Twilsock frame');
  const headerStart = lineEnd + LINE_END.length;
  const headerEnd = headerStart + Number(match[1]);
  const header = parseHeader(data.subarray(headerStart, headerEnd));
  const payloadStart = headerEnd + LINE_END.length;
  const payload = data.subarray(payloadStart, payloadStart + (header.payload_size ?? 0));
  if (payload.length !== (header.payload_size ?? 0)) throw new FrameError('The payload is cut off');
  return { header, payload };
}

function parseHeader(bytes: Buffer): FrameHeader {
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString());
  } catch {
    throw new FrameError('The header is not JSON');
  }
  const { id, method, payload_size: size, payload_type: type } = (header ?? {}) as Partial<FrameHeader>;
  if (typeof id !== 'string' || typeof method !== 'string')
    throw new FrameError('The header lacks id or method');
  if (size !== undefined && !(Number.isInteger(size) && size >= 0)) throw new FrameError('Bad payload_size');
  if (type !== undefined && typeof type !== 'string') throw new FrameError('Bad payload_type');
  return header as FrameHeader;
}
