/** The parts that load when they are needed, because most visitors never see them. Types only. */
import type { Survey } from './finished/survey';
import type { createNews } from './news/news';
import type { Past } from './past/past';
import type { PictureViewer } from './transcript/picture-viewer';

export interface MoreParts {
  Past: typeof Past;
  createNews: typeof createNews;
  PictureViewer: typeof PictureViewer;
  Survey: typeof Survey;
}

export type LoadMore = () => Promise<MoreParts>;
