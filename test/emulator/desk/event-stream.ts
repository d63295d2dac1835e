/** Reads `GET /emulator/timeline` as a browser does, event by event. */

export interface StreamEvent {
  event: string;
  data: Record<string, unknown>;
}

export class EventStream {
  private constructor(
    private readonly stop: AbortController,
    private readonly events: AsyncGenerator<StreamEvent>,
  ) {}

  static async open(emulatorUrl: string): Promise<EventStream> {
    const stop = new AbortController();
    const response = await fetch(`${emulatorUrl}/emulator/timeline`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    return new EventStream(stop, read(response));
  }

  /** Undefined at the end of the stream. */
  async next(): Promise<StreamEvent | undefined> {
    const { value, done } = await this.events.next();
    return done ? undefined : value;
  }

  /** Reads until an event matches, and returns all events so far, in order. */
  async until(fits: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>[]> {
    const seen: Record<string, unknown>[] = [];
    for (let event = await this.next(); event; event = await this.next()) {
      if (event.event !== 'entry') continue;
      seen.push(event.data);
      if (fits(event.data)) return seen;
    }
    throw new Error('The stream ended');
  }

  close(): void {
    this.stop.abort();
  }
}

/** Keeps a reference to the response: fetch cancels the body of one that is garbage collected before it is read. */
async function* read(response: Response): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const [, event] = block.match(/^event: (.*)$/m) ?? [];
      const [, data] = block.match(/^data: (.*)$/m) ?? [];
      if (event && data) yield { event, data: JSON.parse(data) as Record<string, unknown> };
    }
  }
}
