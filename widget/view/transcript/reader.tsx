/** The transcript with its picture viewer, of the current chat or of an earlier one. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { findAttachment } from '../../state/attachments';
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import type { MessageActions } from './lines';
import type { PictureViewer } from './picture-viewer';
import { Transcript } from './transcript';

interface Viewer {
  PictureViewer: typeof PictureViewer;
}

export interface ReaderProps {
  state: ChatState;
  text: Text;
  isOpen: boolean;
  /** The same object until it changes, because each line depends on it. */
  actions: Omit<MessageActions, 'onShow'>;
  /** Loaded with the first picture that is opened. */
  loadViewer: () => Promise<Viewer>;
  onEarlier: () => void;
  onSeen: (index: number) => void;
}

export function Reader({ state, text, isOpen, actions, loadViewer, onEarlier, onSeen }: ReaderProps) {
  /** Key of the picture that is open. */
  const [shown, setShown] = useState<string | null>(null);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const onShow = (key: string): void => {
    // If it fails, the next press loads it again.
    loadViewer().then(
      (parts) => {
        setViewer(parts);
        setShown(key);
      },
      () => undefined,
    );
  };
  const picture = shown !== null && isOpen && findAttachment(state.items, shown);
  useEffect(() => {
    if (!isOpen) setShown(null);
  }, [isOpen]);
  const all = useMemo(() => ({ ...actions, onShow }), [actions]);
  return (
    <>
      <Transcript
        state={state}
        text={text}
        isOpen={isOpen}
        actions={all}
        onEarlier={onEarlier}
        onSeen={onSeen}
      />
      {picture && viewer && (
        <viewer.PictureViewer
          picture={picture}
          text={text}
          onLink={actions.onLink}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}
