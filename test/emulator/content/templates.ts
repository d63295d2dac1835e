/** A template of every type that Conversations sends, as the Content API takes it. */
export const TEMPLATES = {
  'twilio/text': { body: 'Hello {{1}}' },
  'twilio/media': { body: 'Our shop', media: ['https://example.com/{{1}}.png'] },
  'twilio/quick-reply': {
    body: 'Hello {{1}}, which order?',
    actions: [
      { type: 'QUICK_REPLY', title: 'The last', id: 'last' },
      { type: 'QUICK_REPLY', title: '{{2}}', id: 'other' },
    ],
  },
  'twilio/list-picker': {
    body: 'Where to?',
    button: 'Towns',
    items: [
      { item: 'Berlin', id: 'ber', description: 'From 99 €' },
      { item: 'Paris', id: 'par' },
    ],
  },
  'twilio/card': {
    title: 'Tea',
    subtitle: 'Green, 100 g',
    media: ['https://example.com/tea.png'],
    actions: [
      { type: 'QUICK_REPLY', title: 'Order', id: 'order' },
      { type: 'URL', title: 'More', url: 'https://example.com/tea' },
    ],
  },
  'twilio/call-to-action': {
    body: 'Talk to us',
    actions: [
      { type: 'PHONE_NUMBER', title: 'Call', phone: '+15550001111' },
      { type: 'URL', title: 'Visit', url: 'https://example.com/{{1}}' },
    ],
  },
} as const;

export type TemplateType = keyof typeof TEMPLATES;

/** The type that the helper library expects; it sends the value unchanged. */
export function newContent(types: object, more: object = {}): never {
  return { language: 'en', types, ...more } as never;
}
