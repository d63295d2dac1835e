/** Loaded when the visitor saves the chat as a file. */
import { saveTranscript } from '../view/transcript/saved-transcript';
import type { SaveTranscript } from './contract';
import { deliver } from './deliver';

deliver<SaveTranscript>(saveTranscript);
