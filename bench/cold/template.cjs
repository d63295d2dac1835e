// One process that mints one token as Twilio's own template for chat tokens does: with the whole twilio package, which
// the template gets from the runtime's global `Twilio`.
const twilio = require('twilio');

const { ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, CONVERSATIONS_SERVICE_SID } = JSON.parse(
  process.argv[3],
);
const { AccessToken } = twilio.jwt;
const token = new AccessToken(ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, { identity: 'ada' });
token.addGrant(new AccessToken.ChatGrant({ serviceSid: CONVERSATIONS_SERVICE_SID }));
process.exitCode = token.toJwt() ? 0 : 1;
