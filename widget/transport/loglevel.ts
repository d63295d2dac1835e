/**
 * A logger that logs nothing. It replaces the package `loglevel` in the bundle: that package writes its levels into the
 * host page's localStorage and overwrites the page's own. The SDK logs nothing by default anyway.
 * Source: loglevel/lib/loglevel.js; sdk @twilio/conversations/dist/logger.js
 */

export const levels = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4, SILENT: 5 };

const silent = (): void => undefined;

export const trace = silent;
export const debug = silent;
export const info = silent;
export const warn = silent;
export const error = silent;
export const setLevel = silent;
export const getLevel = (): number => levels.SILENT;
export const getLogger = (): object => logger;

const logger = { levels, trace, debug, info, warn, error, setLevel, getLevel, getLogger };

export default logger;
