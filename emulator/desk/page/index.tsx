/** The desk's page: puts the parts together. */
import { render } from 'preact';
import { Desk } from './desk';
import { App } from './view/app';

/** As in view/styles/narrow.css. */
const narrow = matchMedia('(width <= 760px)');

const desk = new Desk(new URLSearchParams(location.search).get('agent'), () => narrow.matches);
document.addEventListener('visibilitychange', () => desk.markSeen());
render(<App desk={desk} />, document.getElementById('desk')!);
void desk.store.attempt(() => desk.open());
