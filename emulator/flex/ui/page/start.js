/** Logs the agent in that the address names (`?agent=linus`), as a single sign-on would, and starts Flex UI. */
void (async () => {
  const { accountSid } = window.appConfig;
  const answer = await fetch(`https://iam.twilio.com/v1/Accounts/${accountSid}/authenticate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ products: ['flex'], resource: location.href }),
  });
  const login = await answer.json();
  if (!answer.ok) {
    document.body.textContent = login.message;
    return;
  }
  const given = new URL(login.location).searchParams;
  localStorage.setItem(
    'TWILIO_FLEX_SSO',
    JSON.stringify({
      token: given.get('Token'),
      identity: given.get('Identity'),
      roles: given.getAll('Roles'),
      expiration: given.get('Expiration'),
    }),
  );
  await window.Twilio.Flex.runDefault(window.appConfig);
})();
