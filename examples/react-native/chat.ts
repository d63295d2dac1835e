/** The one chat of the app. */
import AsyncStorage from '@react-native-async-storage/async-storage';
import { createChat } from 'flex-custom-chat-client';
import { AppState, Platform } from 'react-native';
import { deviceToken } from './device-token';

const platform = Platform.OS === 'ios' ? 'ios' : 'android';

export const chat = createChat({
  functionsUrl: process.env.EXPO_PUBLIC_FUNCTIONS_URL ?? 'http://localhost:3000',
  storage: AsyncStorage,
  appState: AppState,
  attachments: false,
  // The names of your Credentials in PUSH_CREDENTIAL_SIDS.
  push: { platform, type: platform === 'ios' ? 'apn' : 'fcm', deviceToken },
});
