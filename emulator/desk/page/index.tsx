/** The desk's page: puts the parts together. */
import { render } from 'preact';
import { Desk } from './desk';
import { App } from './view/app';

const desk = new Desk();
render(<App desk={desk} />, document.getElementById('desk')!);
void desk.open();
