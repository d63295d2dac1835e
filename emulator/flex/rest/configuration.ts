/** https://flex-api.twilio.com/v1/Configuration, read only: which Service, Workspace and Workflow are Flex's. Source: openapi flex_v1 */
import type { FastifyInstance } from 'fastify';
import type { Account } from '../../core/account';
import { FLEX_UI_VERSION } from '../../core/flex-ui';
import { isoSeconds } from '../../core/wire';
import type { Flex } from '../domain';
import { flexInstanceSid } from '../instance';
import { V1 } from './paths';

export interface ConfigurationApi {
  account: Account;
  domain: Flex;
}

const SERVICE_VERSION = '1.0';
/** Guess: the name under which agents find their Flex. */
const RUNTIME_DOMAIN = 'flex-emulator';

export function registerConfiguration(app: FastifyInstance, { account, domain }: ConfigurationApi): void {
  const { activities } = domain.taskrouter.workspaces;
  app.get('/Configuration', () => ({
    account_sid: account.accountSid,
    date_created: isoSeconds(domain.madeAt),
    date_updated: isoSeconds(domain.madeAt),
    status: 'ok',
    taskrouter_workspace_sid: account.workspaceSid,
    taskrouter_target_workflow_sid: account.workflowSid,
    taskrouter_target_taskqueue_sid: account.taskQueueSid,
    taskrouter_offline_activity_sid:
      activities.list(account.workspaceSid).find(({ friendlyName }) => friendlyName === 'Offline')?.sid ??
      null,
    chat_service_instance_sid: account.conversationsServiceSid,
    flex_service_instance_sid: account.conversationsServiceSid,
    flex_instance_sid: flexInstanceSid(account.accountSid),
    url: `${V1}/Configuration`,
    flex_url: 'https://flex.twilio.com',
    runtime_domain: RUNTIME_DOMAIN,
    ui_version: FLEX_UI_VERSION,
    service_version: SERVICE_VERSION,
    // Without it Flex UI shows "Service version is not compatible". Source: observed with Flex UI 2.17.1, as the next two
    ui_attributes: { version_compatibility: 'yes', version_message: '' },
    notifications: { enabled: true, mode: 'whenNotInFocus' },
    markdown: { enabled: true, mode: 'readOnly' },
    ...UNUSED,
  }));
  // The facts about an account that Flex UI gets before login.
  app.get('/Configuration/Public', { config: { credentials: 'none' } }, () => ({
    configurations: [
      {
        account_sid: account.accountSid,
        runtime_domain: RUNTIME_DOMAIN,
        flex_instance_sid: flexInstanceSid(account.accountSid),
        public_attributes: {},
        ui_version: FLEX_UI_VERSION,
        ui_dependencies: {},
        service_version: SERVICE_VERSION,
        plugin_service_enabled: false,
      },
    ],
  }));
}

/** Fields without a meaning in the emulator, in the form that the specification allows for empty ones. */
const UNUSED = {
  attributes: {},
  taskrouter_taskqueues: null,
  taskrouter_skills: null,
  taskrouter_worker_channels: null,
  taskrouter_worker_attributes: null,
  messaging_service_instance_sid: null,
  ui_language: null,
  ui_dependencies: {},
  call_recording_enabled: null,
  call_recording_webhook_url: null,
  crm_enabled: null,
  crm_type: null,
  crm_callback_url: null,
  crm_fallback_url: null,
  crm_attributes: null,
  public_attributes: {},
  plugin_service_enabled: null,
  plugin_service_attributes: null,
  integrations: [],
  outbound_call_flows: {},
  serverless_service_sids: null,
  queue_stats_configuration: null,
  flex_insights_hr: null,
  flex_insights_drilldown: null,
  channel_configs: [],
  debugger_integration: null,
  flex_ui_status_report: null,
  agent_conv_end_methods: null,
  citrix_voice_vdi: null,
  offline_config: null,
};
