/** Which lines of `.env` are for the cloud: the Functions' own settings, and nothing else that stands there. */
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

/** For tools on this machine, the toolkit among them. Functions would send their calls to a proxy that is not there. */
export const MACHINE_VARIABLES: readonly string[] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];

/** In the cloud these stop every Function. */
export const FORBIDDEN_IN_CLOUD: readonly string[] = [
  ...SETTING_NAMES.filter((name) => scopeOf(name) === 'emulator'),
  ...MACHINE_VARIABLES,
];

export function settingsToDeploy(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => DEPLOYED_SETTINGS.includes(name)));
}

/** Names that are no setting, but for those that belong to this machine. */
export function foreignNames(names: string[]): string[] {
  return names.filter((name) => !isSettingName(name) && !MACHINE_VARIABLES.includes(name));
}
