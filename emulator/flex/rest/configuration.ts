/** https://flex-api.twilio.com/v1/Configuration, read only: which Service, Workspace and Workflow are Flex's. Source: openapi flex_v1 */
import type { FastifyInstance } from 'fastify';
import type { Account } from '../../core/account';
import type { Clock } from '../../core/clock';
import { sidFromName } from '../../core/sids';
import { isoSeconds } from '../../core/wire';
import { V1 } from './paths';

export interface ConfigurationApi {
  account: Account;
  clock: Clock;
}

export function registerConfiguration(app: FastifyInstance, { account, clock }: ConfigurationApi): void {
  const made = isoSeconds(clock.date());
  app.get('/Configuration', () => ({
    account_sid: account.accountSid,
    date_created: made,
    date_updated: made,
    status: 'ok',
    taskrouter_workspace_sid: account.workspaceSid,
    taskrouter_target_workflow_sid: account.workflowSid,
    taskrouter_target_taskqueue_sid: account.taskQueueSid,
    chat_service_instance_sid: account.conversationsServiceSid,
    flex_service_instance_sid: account.conversationsServiceSid,
    flex_instance_sid: sidFromName('GO', account.accountSid),
    url: `${V1}/Configuration`,
    flex_url: 'https://flex.twilio.com',
    runtime_domain: 'https://flex.twilio.com',
    ...UNUSED,
  }));
}

/** What has no meaning in the emulator, as the specification allows it to be empty. */
const UNUSED = {
  attributes: {},
  taskrouter_taskqueues: null,
  taskrouter_skills: null,
  taskrouter_worker_channels: null,
  taskrouter_worker_attributes: null,
  taskrouter_offline_activity_sid: null,
  messaging_service_instance_sid: null,
  ui_language: null,
  ui_attributes: {},
  ui_dependencies: {},
  ui_version: null,
  service_version: null,
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
  integrations: null,
  outbound_call_flows: null,
  serverless_service_sids: null,
  queue_stats_configuration: null,
  notifications: null,
  markdown: null,
  flex_insights_hr: null,
  flex_insights_drilldown: null,
  channel_configs: null,
  debugger_integration: null,
  flex_ui_status_report: null,
  agent_conv_end_methods: null,
  citrix_voice_vdi: null,
  offline_config: null,
};
