/** `chat-text-fr.js` */
import { fr } from '../text/fr';
import { deliver } from './deliver';

deliver(fr);
