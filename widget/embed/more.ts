/** Loaded for tones and notifications, the question at the end of a chat, a picture at full size, and a user's earlier chats. */
import { Survey } from '../view/finished/survey';
import css from '../view/more.css';
import { createNews } from '../view/news/news';
import { Past } from '../view/past/past';
import { PictureViewer } from '../view/transcript/picture-viewer';
import type { CreateMore } from './contract';
import { deliver } from './deliver';
import { usePanelsPreact } from './panels-preact';

deliver<CreateMore>((preact) => {
  usePanelsPreact(preact);
  return { createNews, Past, PictureViewer, Survey, css };
});
