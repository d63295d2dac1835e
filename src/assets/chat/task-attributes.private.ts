/** The Task attributes of a chat that no Flow routes: those of Send To Flex, byte for byte. */

/** The Flow in infra/studio counts so, in characters of JSON (UTF-16 units); a test holds both to each other. */
const MAX_NAME_CHARS = 48;
const MAX_CHARS = 880;
const NAMELESS = 'Website visitor';
const ELLIPSIS = '...';

/** In the order of the widget's own attributes: JSON keeps it. */
export function toTaskAttributes(identity: string, conversationAttributes: string): Record<string, unknown> {
  const { verified_data: signed, pre_engagement_data: answers } = JSON.parse(conversationAttributes) as {
    verified_data?: Data;
    pre_engagement_data?: Data;
  };
  const name = shorten(signed?.friendlyName || answers?.friendlyName || NAMELESS);
  let chars = JSON.stringify(name).length * 3;
  const fits = (data: Data | undefined): boolean => {
    if (!data || chars + JSON.stringify(data).length >= MAX_CHARS) return false;
    chars += JSON.stringify(data).length;
    return true;
  };
  return {
    channelType: 'web',
    customerAddress: identity,
    from: name,
    name,
    customerName: name,
    ...(fits(signed) && { verified_data: signed }),
    ...(fits(answers) && { pre_engagement_data: answers }),
  };
}

type Data = { friendlyName?: string };

/** By code points, as Liquid counts, so that no character is cut in half. */
function shorten(name: string): string {
  const chars = [...name];
  return chars.length <= MAX_NAME_CHARS
    ? name
    : chars.slice(0, MAX_NAME_CHARS - ELLIPSIS.length).join('') + ELLIPSIS;
}
