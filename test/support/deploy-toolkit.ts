/** The part of `npm run deploy` that hands secrets on, as a program: the folder and the settings come as arguments. */
import { Project } from '../../infra/project';
import { runToolkit } from '../../infra/toolkit';

const [, , folder = '', settings = '{}'] = process.argv;

void runToolkit(new Project(folder), JSON.parse(settings) as Record<string, string>, 'dev', process.env);
