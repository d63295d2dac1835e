/** Answers Flex UI's requests after login: its features and settings. */
import type { Routing } from '../../core/routing';
import type { UiApi } from './api';

export function registerSession(http: Routing, { domain }: UiApi): void {
  http.serve('/flex.twilio.com/api/v1', (app) => {
    app.get('/Session', () => ({
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
    app.get<{ Params: { id: string } }>('/Features/:id', ({ params: { id } }) => ({
      id,
      enabled: domain.uiFeatures.has(id),
    }));
  });
  http.serve('/flex-api.twilio.com', (app) => {
    app.get('/v3/Instances/:instanceSid/TransferSettings', () => ({
      transfer_settings: [{ enabled: true, transfer_notes_enabled: false, ai_summary_enabled: false }],
    }));
    app.get('/v1/Instances/:instanceSid/Teams/Context', () => ({ teams: [], meta: {} }));
    // Source: openapi flex_v1 (provisioning_status)
    app.get('/v1/account/provision/status', () => ({
      status: 'active',
      url: 'https://flex-api.twilio.com/v1/account/provision/status',
    }));
  });
}
