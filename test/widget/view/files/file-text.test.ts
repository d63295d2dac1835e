import { FLEX_LIMITS } from '../../../../widget/state/attachments';
import type { Attachment, ChatMessage } from '../../../../widget/state/model';
import { de } from '../../../../widget/text/de';
import { en } from '../../../../widget/text/en';
import { fileProblemText, messageText, sizeText } from '../../../../widget/view/files/file-text';

describe('files in words', () => {
  it.each([
    [1, '1 byte'],
    [1023, '1,023 byte'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [16_777_216, '16 MB'],
  ])('%d bytes are %s', (bytes, expected) => {
    expect(sizeText(bytes, 'en')).toBe(expected);
  });

  it('a refusal names the file and the limit, in the visitor’s language', () => {
    const limits = { ...FLEX_LIMITS, maxBytes: 1_572_864 };

    expect(fileProblemText({ name: 'a.png', reason: 'tooLarge' }, limits, de)).toBe(
      'a.png ist zu groß: Erlaubt sind höchstens 1,5 MB.',
    );
    expect(fileProblemText({ name: 'a.png', reason: 'tooMany' }, limits, en)).toBe(
      'a.png was not attached: the limit per message is 4.',
    );
  });

  it('a message names its attachments, also without text', () => {
    const image: Attachment = { key: 'ME1', name: 'ME1.png', type: 'image/png', size: 3, link: null };
    const pdf: Attachment = { ...image, key: 'ME2', type: 'application/pdf', name: 'a.pdf' };
    const message = { body: '', attachments: [image] } as Partial<ChatMessage> as ChatMessage;

    expect(messageText(message, en, ', ')).toBe('Image: ME1.png');
    expect(messageText({ ...message, body: 'Look', attachments: [pdf] }, en, ', ')).toBe('Look, File: a.pdf');
  });
});
