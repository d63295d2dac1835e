/** The part of `npm run deploy` that passes secrets on, as a program: the folder and the settings are arguments. */
import { Project } from '../../infra/project';
import { runToolkit } from '../../infra/toolkit';

const [, , folder = '', settings = '{}'] = process.argv;

void runToolkit(new Project(folder), JSON.parse(settings) as Record<string, string>, 'dev', process.env);
