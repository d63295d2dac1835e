/** Builds: which Versions and dependencies go together, and whether the platform takes them. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import type { Code } from './code';
import { BUILD_MS, DEFAULT_RUNTIME, RUNTIME_HANDLER_VERSIONS, RUNTIMES } from './limits';
import type { Build, CodeKind, Dependency, Version } from './model';

interface BuildRequest {
  functionVersionSids: string[];
  assetVersionSids: string[];
  /** Unparsed JSON, which the toolkit wraps in another pair of quotes. */
  dependencies: string | undefined;
  runtime: string | undefined;
}

export class Builds {
  private readonly builds = new Map<string, Build>();

  constructor(
    private readonly clock: Clock,
    private readonly code: Code,
  ) {}

  ofService(serviceSid: string): Build[] {
    return [...this.builds.values()].filter((build) => build.serviceSid === serviceSid);
  }

  find(serviceSid: string, sid: string): Build | undefined {
    const build = this.builds.get(sid);
    return build?.serviceSid === serviceSid ? build : undefined;
  }

  create(serviceSid: string, request: BuildRequest): Build {
    const functionVersions = this.versions(serviceSid, 'function', request.functionVersionSids);
    const assetVersions = this.versions(serviceSid, 'asset', request.assetVersionSids);
    if (functionVersions.length + assetVersions.length === 0) {
      // Source: issue https://github.com/twilio/twilio-cli/issues/215
      throw invalidParameter('At least one Function Version or Asset Version is required');
    }
    refuseTwins([...functionVersions, ...assetVersions]);
    const runtime = request.runtime ?? DEFAULT_RUNTIME;
    if (!RUNTIMES.includes(runtime)) throw invalidParameter(`Runtime ${runtime} is not supported`);
    const dependencies = parseDependencies(request.dependencies);
    checkDependencies(dependencies);
    const now = this.clock.date();
    const build: Build = {
      sid: createSid('ZB'),
      serviceSid,
      status: 'building',
      functionVersions,
      assetVersions,
      dependencies,
      runtime,
      dateCreated: now,
      dateUpdated: now,
    };
    this.builds.set(build.sid, build);
    this.finishLater(build);
    return build;
  }

  resume(): void {
    for (const build of this.builds.values()) if (build.status === 'building') this.finishLater(build);
  }

  private finishLater(build: Build): void {
    this.clock.at(new Date(build.dateCreated.getTime() + BUILD_MS), () =>
      Object.assign(build, { status: 'completed', dateUpdated: this.clock.date() }),
    );
  }

  remove(build: Build): void {
    this.builds.delete(build.sid);
  }

  private versions(serviceSid: string, kind: CodeKind, sids: string[]): Version[] {
    return sids.map((sid) => {
      const version = this.code.findVersion(serviceSid, kind, sid);
      if (!version) throw invalidParameter(`${sid} is not a version of a ${kind} of this Service`);
      return version;
    });
  }
}

/** Guess: two Versions for one URL are refused. */
function refuseTwins(versions: Version[]): void {
  const paths = versions.map(({ path }) => path);
  const twin = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twin !== undefined) throw invalidParameter(`Two versions have the path ${twin}`);
}

function parseDependencies(text: string | undefined): Dependency[] {
  if (text === undefined || text === '') return [];
  try {
    const list: unknown = JSON.parse(text.replace(/^"(?=\[)|(?<=\])"$/g, ''));
    if (!Array.isArray(list)) throw new TypeError();
    return list.map(({ name, version }: Dependency) => ({ name: String(name), version: String(version) }));
  } catch {
    throw invalidParameter('Dependencies must be a JSON list of {name, version}');
  }
}

/** It becomes a path. Source: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const PACKAGE_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;

/**
 * Differs: the cloud looks up every name and version in the npm registry; here only errors visible without it are refused.
 * Source: issue https://github.com/twilio-labs/serverless-toolkit/issues/557 (handler), …/issues/325 (`file:`)
 */
function checkDependencies(dependencies: Dependency[]): void {
  for (const { name, version } of dependencies) {
    const known = name !== '@twilio/runtime-handler' || RUNTIME_HANDLER_VERSIONS.includes(version);
    if (!known || !PACKAGE_NAME.test(name) || /^(file|link|git|workspace)/.test(version)) {
      throw invalidParameter(
        `Some dependencies could not be validated. No matching version found for ${name}@${version}.`,
      );
    }
  }
}
