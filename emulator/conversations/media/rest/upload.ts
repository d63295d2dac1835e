/** An upload's body: the bytes themselves, or the one file of a form. Source: sdk @twilio/mcs-client/dist/services/network.js */
import type { MessageMedia } from '../../model';
import { invalidParameter } from '../../../core/errors';
import { isMultipart, parseMultipart } from '../../../core/multipart';
import type { Upload } from '../library';

const CATEGORIES = ['media', 'body', 'history'] as const;
/** Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.3-5 (what bytes of no stated type are) */
const ANY_BYTES = 'application/octet-stream';

export async function parseUpload(
  body: unknown,
  contentType: string | undefined,
  query: URLSearchParams,
): Promise<Upload> {
  const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const category = parseCategory(query.get('Category') ?? 'media');
  const filename = query.get('Filename');
  if (!isMultipart(contentType)) {
    return { category, filename, contentType: contentType ?? ANY_BYTES, content };
  }
  const file = await parseFile(content, contentType);
  return {
    category,
    filename: filename ?? (file.name || null),
    contentType: file.type || ANY_BYTES,
    content: Buffer.from(await file.arrayBuffer()),
  };
}

async function parseFile(content: Buffer, contentType: string): Promise<File> {
  const form = await parseMultipart(content, contentType);
  const file = [...form.values()].find((value) => value instanceof File);
  if (!file) throw invalidParameter('The form has no file');
  return file;
}

function parseCategory(text: string): MessageMedia['category'] {
  const category = CATEGORIES.find((one) => one === text);
  if (!category) throw invalidParameter(`Category must be one of ${CATEGORIES.join(', ')}`);
  return category;
}
