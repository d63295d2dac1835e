/** Sizes and versions that the Serverless API checks. */

/** Source: openapi serverless_v1 (descriptions) */
export const MAX_SERVICE_NAME_CHARS = 50;
export const MAX_FRIENDLY_NAME_CHARS = 255;
export const MAX_ENVIRONMENT_NAME_CHARS = 100;
export const MAX_DOMAIN_SUFFIX_CHARS = 16;
export const MAX_VARIABLE_KEY_CHARS = 128;
/** An RSA public key in PEM form is already larger. */
export const MAX_VARIABLE_VALUE_BYTES = 450;

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/runtime-handler (platform list) */
export const RUNTIME_HANDLER_VERSIONS = ['2.1.2', '2.0.1', '2.0.0', '1.3.1', '1.3.0'];

/** Source: docs https://www.twilio.com/docs/runtime/runtime-node-versions; node18 ended on 2025-11-10, node24 came in July 2026. */
export const RUNTIMES = ['node20', 'node22', 'node24'];
export const DEFAULT_RUNTIME = 'node22';

/** How long a Build takes. Guess: it is never completed in the answer to the create. Real ones take about a minute. */
export const BUILD_MS = 300;

/** Log lines to keep; the oldest are dropped. Differs: Twilio keeps them for a time, not a number. */
export const MAX_LOGS = 2_000;
