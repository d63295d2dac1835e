/**
 * The content types, each with its fields. Source: openapi content_v1 (names, which are required, and that no other is
 * taken), docs https://www.twilio.com/docs/content/content-types-overview. Lengths: `limits.ts`.
 */
import * as v from 'valibot';
import {
  MAX_BODY_CHARS,
  MAX_LIST_ITEM_CHARS,
  MAX_LIST_ITEM_DESCRIPTION_CHARS,
  MAX_LIST_ITEM_ID_CHARS,
  MAX_LIST_ITEMS,
  MAX_QUICK_REPLIES,
  MAX_TEXT_CHARS,
} from './limits';

const text = (maxChars: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxChars));
const list = <Item extends v.GenericSchema>(item: Item, maxItems: number) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(maxItems));

const action = <Types extends [string, ...string[]]>(types: Types) =>
  v.strictObject({
    type: v.picklist(types),
    title: v.string(),
    url: v.optional(v.string()),
    phone: v.optional(v.string()),
    code: v.optional(v.string()),
    id: v.optional(v.string()),
    webview_size: v.optional(v.picklist(['TALL', 'FULL', 'HALF', 'NONE'])),
  });

const QuickReply = v.strictObject({
  type: v.optional(v.literal('QUICK_REPLY')),
  title: text(Infinity),
  id: v.optional(v.string()),
});

const ListItem = v.strictObject({
  id: text(MAX_LIST_ITEM_ID_CHARS),
  item: text(MAX_LIST_ITEM_CHARS),
  description: v.optional(v.pipe(v.string(), v.maxLength(MAX_LIST_ITEM_DESCRIPTION_CHARS))),
});

const CALLS = ['URL', 'PHONE_NUMBER', 'COPY_CODE', 'VOICE_CALL'] as const;

/**
 * Those that Conversations sends, the most complex one last: a message is sent as the most complex one that its channel supports.
 * Source: docs https://www.twilio.com/docs/api/errors/50542 (which), https://www.twilio.com/docs/content/content-types-overview
 * (their order). Guess: that chat supports all of them.
 */
export const SENDABLE: Record<string, v.GenericSchema> = {
  'twilio/text': v.strictObject({ body: text(MAX_TEXT_CHARS) }),
  'twilio/media': v.strictObject({
    body: v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS))),
    media: v.pipe(v.array(v.string()), v.minLength(1)),
  }),
  'twilio/location': v.strictObject({
    latitude: v.number(),
    longitude: v.number(),
    label: v.optional(v.string()),
    id: v.optional(v.string()),
    address: v.optional(v.string()),
  }),
  'twilio/list-picker': v.strictObject({
    body: text(MAX_BODY_CHARS),
    button: text(Infinity),
    items: list(ListItem, MAX_LIST_ITEMS),
  }),
  'twilio/call-to-action': v.strictObject({
    body: text(MAX_TEXT_CHARS),
    actions: v.pipe(
      v.array(action([...CALLS, 'VOICE_CALL_REQUEST', 'REQUEST_CONTACT_INFO'])),
      v.minLength(1),
    ),
  }),
  'twilio/quick-reply': v.strictObject({
    body: text(MAX_BODY_CHARS),
    actions: list(QuickReply, MAX_QUICK_REPLIES),
  }),
  'twilio/card': v.pipe(
    v.strictObject({
      title: v.optional(v.string()),
      body: v.optional(v.string()),
      subtitle: v.optional(v.string()),
      media: v.optional(v.array(v.string())),
      actions: v.optional(v.array(action([...CALLS, 'QUICK_REPLY']))),
    }),
    // Source: docs https://www.twilio.com/docs/content/twiliocard
    v.check(
      (card) => (card.title ?? card.body) !== undefined && Object.keys(card).length > 1,
      'A card has a title or a body, and one more field',
    ),
  ),
};

/** Those that are kept and listed, and that Conversations refuses to send. Source: openapi content_v1 */
export const UNSENDABLE = [
  'twilio/catalog',
  'twilio/carousel',
  'twilio/flows',
  'twilio/schedule',
  'whatsapp/card',
  'whatsapp/authentication',
  'whatsapp/flows',
];
