/** Answers Flex UI's requests after login: its features and settings. */
import type { FastifyInstance } from 'fastify';
import type { UiApi } from './api';

export function registerSession(http: FastifyInstance, { domain }: UiApi): void {
  http.get('/flex.twilio.com/api/v1/Session', () => ({
    features: [...domain.uiFeatures].map((id) => ({
      id,
      name: id,
      description: id,
      docUrl: '',
      enabled: true,
      stage: 'beta',
    })),
    insightsActive: false,
  }));
  http.get<{ Params: { id: string } }>('/flex.twilio.com/api/v1/Features/:id', ({ params: { id } }) => ({
    id,
    enabled: domain.uiFeatures.has(id),
  }));
  http.get('/flex-api.twilio.com/v3/Instances/:instanceSid/TransferSettings', () => ({
    transfer_settings: [{ enabled: true, transfer_notes_enabled: false, ai_summary_enabled: false }],
  }));
  http.get('/flex-api.twilio.com/v1/Instances/:instanceSid/Teams/Context', () => ({ teams: [], meta: {} }));
  // Source: openapi flex_v1 (provisioning_status)
  http.get('/flex-api.twilio.com/v1/account/provision/status', () => ({
    status: 'active',
    url: 'https://flex-api.twilio.com/v1/account/provision/status',
  }));
}
