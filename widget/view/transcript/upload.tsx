/** The progress of a message's files, and a button to cancel. */
import type { ChatMessage } from '../../state/model';
import type { Text } from '../../text/text';

interface UploadProps {
  message: ChatMessage;
  text: Text;
  onCancel: (key: string) => void;
}

export function Upload({ message: { key, progress }, text, onCancel }: UploadProps) {
  return (
    <span class="meta upload">
      <progress class="upload-bar" value={progress ?? 0} aria-label={text.uploading} />
      <button type="button" class="link" onClick={() => onCancel(key)}>
        {text.cancel}
      </button>
    </span>
  );
}
