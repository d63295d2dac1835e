/**
 * The token that Apple or Google gave this app. In your app, ask `expo-notifications`:
 *
 *   const { granted } = await Notifications.requestPermissionsAsync();
 *   return granted ? (await Notifications.getDevicePushTokenAsync()).data : null;
 *
 * It needs a build of your own (`expo run:ios`), not Expo Go. Here a variable stands in for it.
 */
export function deviceToken(): string | null {
  return process.env.EXPO_PUBLIC_DEVICE_TOKEN ?? null;
}
