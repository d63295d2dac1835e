/** The options that choose an Environment, shared by every command. */
import { Remedy } from './terminal';

export const TARGET_OPTIONS = {
  environment: { type: 'string', value: 'NAME', help: 'the Environment with this domain suffix' },
  production: { type: 'boolean', default: false, help: 'the Environment without a suffix' },
} as const;

/** Source: openapi serverless_v1 (DomainSuffix of an Environment) */
const SUFFIX = /^[A-Za-z0-9-]{1,16}$/;

/** The domain suffix; '' for production; undefined if neither option is given. */
export function suffixOf({
  environment,
  production,
}: {
  environment?: string | undefined;
  production: boolean;
}): string | undefined {
  if (environment === undefined) return production ? '' : undefined;
  if (production || environment === 'production') {
    throw new Remedy(
      'Production has no domain suffix: --environment names the other Environments.',
      'Use --production alone, or --environment NAME.',
    );
  }
  // An unset shell variable leaves an empty name, which would mean production.
  if (SUFFIX.test(environment)) return environment;
  throw new Remedy(
    `--environment "${environment}" is not the name of an Environment.`,
    'Use 1 to 16 letters, digits and -, for example --environment stage; or --production.',
  );
}
