/** `chat-text-es.js` */
import { es } from '../text/es';
import { deliver } from './deliver';

deliver(es);
