/** `chat-text-pt.js` */
import { pt } from '../text/pt';
import { deliver } from './deliver';

deliver(pt);
