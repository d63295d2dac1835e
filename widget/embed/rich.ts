/** Loaded with the first rich message: reads and draws its content. */
import { readContent } from '../transport/rich/read-content';
import { drawContent } from '../view/transcript/rich/rich-view';
import css from '../view/transcript/rich/rich.css';
import type { RichPart } from './contract';
import { deliver } from './deliver';

deliver<RichPart>({ readContent, drawContent, css });
