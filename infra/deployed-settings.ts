/** The lines of `.env` that are deployed: the Functions' settings and nothing else. */
import {
  isSettingName,
  SETTING_NAMES,
  SETTINGS,
  type Setting,
} from '../src/assets/settings/settings.private';
import type { Values } from './env-file';

const scopeOf = (name: (typeof SETTING_NAMES)[number]): Setting<unknown>['scope'] => SETTINGS[name].scope;

/** Without those that the platform sets itself. */
export const DEPLOYED_SETTINGS: readonly string[] = SETTING_NAMES.filter((name) => !scopeOf(name));

/** For tools on this machine, such as the toolkit. In the cloud, Functions would call a proxy that does not exist there. */
export const MACHINE_VARIABLES: readonly string[] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];

/** In the cloud these settings stop every Function. */
export const FORBIDDEN_IN_CLOUD: readonly string[] = [
  ...SETTING_NAMES.filter((name) => scopeOf(name) === 'emulator'),
  ...MACHINE_VARIABLES,
];

export function settingsToDeploy(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => DEPLOYED_SETTINGS.includes(name)));
}

/** Names that are neither a setting nor a variable of this machine. */
export function foreignNames(names: string[]): string[] {
  return names.filter((name) => !isSettingName(name) && !MACHINE_VARIABLES.includes(name));
}
