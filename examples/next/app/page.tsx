import { ChatBox } from './chat-box';

export default function Page() {
  return (
    <main>
      <h1>A shop</h1>
      <ChatBox />
    </main>
  );
}
