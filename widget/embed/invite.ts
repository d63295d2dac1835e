/** Loaded by pages with the setting `teaser`. */
import type { InviteVisitor } from './contract';
import { deliver } from './deliver';
import { inviteVisitor } from './teaser';

deliver<InviteVisitor>(inviteVisitor);
