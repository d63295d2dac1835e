/** The chat that the agent is in, and how it ends. */
import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk';
import { chatOf, selectedTask, type DeskState } from '../state/desk-state';
import { conversationSidOf, customerNameOf } from '../state/tasks';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { TransferMenu, TransferNotice } from './transfer';
import { WrapUp } from './wrap-up';

export function ChatPanel({ desk, state }: { desk: Desk; state: DeskState }) {
  const [transferring, setTransferring] = useState(false);
  const task = selectedTask(state);
  const conversationSid = task && conversationSidOf(task);
  useEffect(() => setTransferring(false), [task?.taskSid, task?.transfer?.sid]);
  if (!task || !conversationSid || task.reservationStatus === 'pending') {
    return (
      <section class="chat chat-empty" tabIndex={-1}>
        <p class="empty-title">{state.farewell ? 'Chat completed' : 'No chat open'}</p>
        <p class="hint">{state.farewell ?? 'Accept a Task to join its Conversation.'}</p>
      </section>
    );
  }
  const name = customerNameOf(task);
  return (
    <section class="chat" tabIndex={-1} aria-label={`Chat with ${name}`}>
      <header class="chat-head">
        <div class="chat-who">
          <h2 class="chat-name">{name}</h2>
          <code class="sid">{conversationSid}</code>
        </div>
        {task.reservationStatus === 'accepted' && (
          <div class="chat-actions">
            {!task.transfer && (
              <button
                type="button"
                class="button button-quiet"
                aria-expanded={transferring}
                onClick={() => setTransferring(!transferring)}
              >
                Transfer
              </button>
            )}
            <button type="button" class="button button-quiet" onClick={() => void desk.wrapUp(task)}>
              End chat
            </button>
          </div>
        )}
      </header>
      {transferring && <TransferMenu desk={desk} state={state} task={task} />}
      {task.transfer && <TransferNotice desk={desk} task={task} toName={task.transfer.toName} />}
      <MessageList chat={chatOf(state, task)} task={task} desk={desk} state={state} />
      {task.reservationStatus === 'wrapping' ? (
        <WrapUp task={task} desk={desk} />
      ) : (
        <Composer
          key={conversationSid}
          view={state.view}
          draft={state.drafts[conversationSid] ?? ''}
          onDraft={(draft) => desk.draft(conversationSid, draft)}
          onSend={() => void desk.send(conversationSid)}
          onFiles={(files) => void desk.sendFiles(conversationSid, files)}
        />
      )}
    </section>
  );
}
