// First: Twilio's SDK and the client make random ids, and React Native has no source of randomness of its own.
import 'react-native-get-random-values';
import { registerRootComponent } from 'expo';
import { App } from './app';

registerRootComponent(App);
