/** The one multipart body that the Serverless API takes: a Version's Path, Visibility and Content. */
import { invalidParameter } from '../core/errors';
import type { Upload } from './code';

interface Part {
  content: Buffer;
  contentType: string;
}

export function parseUpload(body: unknown, contentType: string | undefined): Upload {
  const boundary = contentType?.match(/^multipart\/form-data;.*boundary="?([^";]+)"?/)?.[1];
  if (!boundary || !Buffer.isBuffer(body))
    throw invalidParameter('A Version is uploaded as multipart/form-data');
  const parts = parseParts(body, boundary);
  const need = (name: string): Part => {
    const part = parts.get(name);
    if (!part) throw invalidParameter(`Missing required parameter ${name}`);
    return part;
  };
  return {
    path: need('Path').content.toString(),
    visibility: need('Visibility').content.toString(),
    ...need('Content'),
  };
}

/** Source: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 (each delimiter is CRLF, two dashes, the boundary) */
function parseParts(body: Buffer, boundary: string): Map<string, Part> {
  const parts = new Map<string, Part>();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter may stand at the very start, without the line break that belongs to the later ones.
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = text.indexOf(delimiter);
  while (start >= 0) {
    const end = text.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    const part = text.subarray(start + delimiter.length, end);
    const blankLine = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, blankLine).toString();
    const name = head.match(/[; ]name="([^"]*)"/i)?.[1];
    if (blankLine < 0 || name === undefined) throw invalidParameter('The multipart body is malformed');
    parts.set(name, {
      content: Buffer.from(part.subarray(blankLine + 4)),
      contentType: head.match(/^content-type: *(.+)$/im)?.[1]?.trim() ?? 'text/plain',
    });
    start = end;
  }
  return parts;
}
