/** Multipart bodies, read by Node's own parser: the one behind `Response`. */
import { invalidParameter } from './errors';

export function isMultipart(contentType: string | undefined): contentType is string {
  return contentType?.toLowerCase().startsWith('multipart/form-data') ?? false;
}

export async function parseMultipart(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw invalidParameter('The multipart body is malformed');
  }
}
