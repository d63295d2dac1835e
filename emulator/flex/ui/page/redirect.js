/**
 * Before everything else in the page: what Flex UI sends to Twilio goes to the emulator, which has Twilio's host as the
 * first segment of the path. Flex UI itself stays as Twilio made it; no proxy, no certificate.
 */
(() => {
  const TWILIO = /^(https?|wss?):\/\/((?:[a-z0-9-]+\.)+twilio(?:cdn)?\.com)(?::443)?(?=[/?]|$)/i;

  function toEmulator(address) {
    const match = TWILIO.exec(String(address));
    if (!match) return address;
    const [start, scheme, host] = match;
    const origin = scheme.toLowerCase().startsWith('ws')
      ? location.origin.replace('http', 'ws')
      : location.origin;
    return `${origin}/${host.toLowerCase()}${String(address).slice(start.length)}`;
  }

  const { fetch, WebSocket } = window;
  window.fetch = (input, options) =>
    fetch(input instanceof Request ? new Request(toEmulator(input.url), input) : toEmulator(input), options);
  window.WebSocket = new Proxy(WebSocket, {
    construct: (target, [address, ...rest]) => new target(toEmulator(address), ...rest),
  });
  window.Audio = new Proxy(window.Audio, {
    construct: (target, [address, ...rest]) =>
      address === undefined ? new target() : new target(toEmulator(address), ...rest),
  });
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    return open.call(this, method, toEmulator(address), ...rest);
  };
  // Elements that load by themselves: sounds, pictures, style sheets.
  for (const [element, property] of [
    [HTMLMediaElement, 'src'],
    [HTMLImageElement, 'src'],
    [HTMLLinkElement, 'href'],
  ]) {
    const own = Object.getOwnPropertyDescriptor(element.prototype, property);
    Object.defineProperty(element.prototype, property, {
      ...own,
      set(address) {
        own.set.call(this, toEmulator(address));
      },
    });
  }

  // Flex keeps its login there. With a storage for each tab, each tab is an agent of its own.
  Object.defineProperty(window, 'localStorage', { value: window.sessionStorage });
})();
