/** `chat-text-de.js` */
import { de } from '../text/de';
import { deliver } from './deliver';

deliver(de);
