/** How a Participant without a chat client is reached: by an address, and by the Twilio number that represents the others. */
import { TwilioError } from '../core/errors';

export interface MessagingBinding {
  address?: string | undefined;
  proxyAddress?: string | undefined;
  projectedAddress?: string | undefined;
}

const PHONE_NUMBER = /^(whatsapp:)?\+[1-9]\d{1,14}$/;

/** Each rule's number is the page of the error dictionary it comes from, https://www.twilio.com/docs/api/errors/N. */
export function checkBinding({ address, proxyAddress, projectedAddress }: MessagingBinding): void {
  if ([address, proxyAddress, projectedAddress].includes('')) {
    throw new TwilioError(400, 50412, 'A messaging binding address is empty');
  }
  if (address === undefined) return;
  // Differs: addresses other than phone numbers (e-mail, Messenger) are not served.
  if (!PHONE_NUMBER.test(address)) throw new TwilioError(400, 50407, `Invalid address ${address}`);
  if (proxyAddress === undefined) return;
  if (!PHONE_NUMBER.test(proxyAddress)) {
    throw new TwilioError(400, 50408, `Invalid proxy address ${proxyAddress}`);
  }
  if (address === proxyAddress) throw new TwilioError(400, 50409, 'Address and proxy address are the same');
  if (typeOf(address) !== typeOf(proxyAddress)) {
    throw new TwilioError(400, 50414, 'Address and proxy address are of different types');
  }
}

/** `{ type, address, proxy_address, projected_address }`, without missing fields. Source: openapi (examples) */
export function toBinding(binding: MessagingBinding): Record<string, string> {
  const { address, proxyAddress, projectedAddress } = binding;
  return {
    type: typeOf(address ?? proxyAddress ?? projectedAddress ?? ''),
    ...(address !== undefined && { address }),
    ...(proxyAddress !== undefined && { proxy_address: proxyAddress }),
    ...(projectedAddress !== undefined && { projected_address: projectedAddress }),
  };
}

function typeOf(address: string): 'sms' | 'whatsapp' {
  return address.startsWith('whatsapp:') ? 'whatsapp' : 'sms';
}
