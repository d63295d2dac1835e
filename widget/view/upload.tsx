/** How far a message's files are on their way, and how to stop them. */
import type { ChatMessage } from '../state/model';
import type { Text } from '../text/text';

interface UploadProps {
  message: ChatMessage;
  text: Text;
  onCancel: (key: string) => void;
}

/** Where everything is uploaded, Twilio may have the message any moment: then there is nothing to stop any more. */
export function Upload({ message: { key, progress }, text, onCancel }: UploadProps) {
  if (progress === null || progress === 1) return <span class="meta">{text.sending}</span>;
  return (
    <span class="meta upload">
      <progress class="upload-bar" value={progress} aria-label={text.uploading} />
      <button type="button" class="link" onClick={() => onCancel(key)}>
        {text.cancel}
      </button>
    </span>
  );
}
