/** The drop target for files that are dragged over the panel. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Text } from '../../text/text';
import { AttachIcon } from '../icons';

interface FileDropProps {
  panel: RefObject<HTMLElement>;
  text: Text;
  onFiles: (files: Iterable<File>) => void;
}

/** While files are over the panel, one element covers it: a `dragleave` of that element means that they have left the panel. */
export function FileDrop({ panel, text, onFiles }: FileDropProps) {
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    const element = panel.current!;
    const enter = ({ dataTransfer }: DragEvent): void => {
      if (dataTransfer?.types.includes('Files')) setOver(true);
    };
    element.addEventListener('dragenter', enter);
    return () => element.removeEventListener('dragenter', enter);
  }, []);

  if (!isOver) return null;
  return (
    <div
      class="drop"
      // Without it the browser would open the file in place of the page.
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer!.files);
      }}
    >
      <AttachIcon />
      {text.dropFiles}
    </div>
  );
}
