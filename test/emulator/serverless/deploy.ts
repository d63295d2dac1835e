/** Deploys without the toolkit; the build's time passes at once. */
import type { Emulator } from '../../../emulator/emulator';
import type { Visibility } from '../../../emulator/serverless/model';

export interface Files {
  functions?: Record<string, string>;
  assets?: Record<string, string>;
  visibility?: Visibility;
  /** JSON, as in the API. */
  dependencies?: string;
}

let deployments = 0;

/** Returns the domain of the deployment. */
export function deploy(
  { world }: Emulator,
  { functions = {}, assets = {}, visibility = 'public', dependencies }: Files,
): string {
  const { services, environments, code, builds } = world.serverless;
  const service = services.create(`shop-${++deployments}`, 'A shop', {});
  const environment = environments.create(service, 'dev-environment', 'dev');
  const upload = (kind: 'function' | 'asset', path: string, content: string): string =>
    code.upload(code.create(service.sid, kind, path), {
      path,
      visibility,
      content: Buffer.from(content),
      contentType: 'text/html',
    }).sid;
  const build = builds.create(service.sid, {
    functionVersionSids: Object.entries(functions).map(([path, content]) =>
      upload('function', path, content),
    ),
    assetVersionSids: Object.entries(assets).map(([path, content]) => upload('asset', path, content)),
    dependencies,
    runtime: undefined,
  });
  world.clock.advance(1000);
  world.serverless.deploy(environment, build.sid);
  return environment.domainName;
}
