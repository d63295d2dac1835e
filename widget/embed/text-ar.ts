/** `chat-text-ar.js` */
import { ar } from '../text/ar';
import { deliver } from './deliver';

deliver(ar);
