/** Versions that the platform supports, and the configuration file that the toolkit looks for. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifetimeOf } from './node-lifetimes';
import { ok, problem, warning, type Finding, type LocalSubject } from './finding';

/**
 * Source: docs https://www.twilio.com/docs/runtime/runtime-node-versions. Local and deployed Functions should run on
 * the same version.
 */
const TRIED_NODE_VERSIONS = [20, 22];
const OLDEST_NODE = 20;
/**
 * The versions that npm and the platform share; a deploy with newer ones from npm is rejected. Source: issue
 * https://github.com/twilio-labs/serverless-toolkit/issues/557
 */
const RUNTIME_HANDLERS = ['2.0.1', '2.0.0', '1.3.1', '1.3.0'];
const RUNTIMES = ['node20', 'node22', 'node24'];

export function checkVersions({ project }: LocalSubject): Finding[] {
  return [checkNode(), checkHandler(project.packageJson().dependencies), checkToolkitConfig(project.folder)];
}

function checkNode(version = process.versions.node): Finding {
  const major = Number(version.split('.')[0]);
  if (major < OLDEST_NODE)
    return problem('node', `Node ${version} is too old.`, `Install Node ${OLDEST_NODE} or 22.`);
  if (TRIED_NODE_VERSIONS.includes(major)) return ok('node', `Node ${version}.`);
  return warning(
    'node',
    `Node ${version}: the toolkit supports 20 and 22.`,
    'Use Node 22 if deploying fails.',
  );
}

function checkHandler(dependencies: Record<string, string>): Finding {
  const version = dependencies['@twilio/runtime-handler'];
  if (version !== undefined && RUNTIME_HANDLERS.includes(version)) {
    return ok('runtime-handler', `The platform supports @twilio/runtime-handler ${version}.`);
  }
  const remedy = 'Set "@twilio/runtime-handler" to exactly "2.0.1" under "dependencies" in package.json.';
  const what =
    version === undefined
      ? 'is not a dependency'
      : `${version} is not supported by the platform, or not an exact version`;
  return problem('runtime-handler', `@twilio/runtime-handler ${what}.`, remedy);
}

/** Without this file a deploy does not stop: it uploads an empty build. */
function checkToolkitConfig(folder: string): Finding {
  const file = join(folder, '.twilioserverlessrc');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const remedy =
    'Restore it: git checkout .twilioserverless .twilioserverlessrc (a symlink; on Windows, copy the file over it).';
  const runtime = /"runtime":\s*"(\w+)"/.exec(text)?.[1];
  if (!/"functionsFolder":\s*"dist\/functions"/.test(text)) {
    return problem(
      'toolkit-config',
      '.twilioserverlessrc is missing or does not name dist/functions.',
      remedy,
    );
  }
  if (runtime === undefined || !RUNTIMES.includes(runtime)) {
    return problem(
      'toolkit-config',
      `The platform does not support ${runtime ?? 'an unnamed runtime'}.`,
      `Set "runtime" to "node22".`,
    );
  }
  const lifetime = lifetimeOf(runtime);
  if (lifetime?.isEndingSoon) {
    const remedy = `Set "runtime" in .twilioserverless to one of ${RUNTIMES.join(', ')} that lives longer, and run npm test on it.`;
    const verb = lifetime.isOver ? 'ended' : 'ends';
    return warning(
      'toolkit-config',
      `Functions run on ${runtime}, which ${verb} on ${lifetime.endsOn}.`,
      remedy,
    );
  }
  return ok('toolkit-config', `The toolkit finds its configuration; Functions run on ${runtime}.`);
}
