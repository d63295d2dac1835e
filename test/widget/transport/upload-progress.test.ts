import { listenToNextUpload } from '../../../widget/transport/upload-progress';

/** As a browser has it; no request leaves. */
class FakeRequest {
  readonly upload = new EventTarget();
  readonly sent: unknown[] = [];

  send(body?: unknown): void {
    this.sent.push(body);
  }
}

describe('how far an upload is', () => {
  const page = globalThis as { XMLHttpRequest?: typeof FakeRequest };
  const { send } = FakeRequest.prototype;

  beforeEach(() => {
    page.XMLHttpRequest = FakeRequest;
  });
  afterEach(() => {
    delete page.XMLHttpRequest;
  });

  it('is reported for the next request, which is sent unchanged', () => {
    const received: number[] = [];
    listenToNextUpload((sent) => received.push(sent));
    const [request, other] = [new FakeRequest(), new FakeRequest()];

    request.send('file');
    other.send('of the page');
    for (const { upload } of [request, other]) {
      upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 7 }));
    }

    expect(received).toEqual([7]);
    expect(request.sent).toEqual(['file']);
    expect(FakeRequest.prototype.send).toBe(send);
  });

  it('leaves the page as it was where no request came', async () => {
    listenToNextUpload(() => undefined);

    await Promise.resolve();

    expect(FakeRequest.prototype.send).toBe(send);
  });

  it('is not reported without an XMLHttpRequest to listen to', () => {
    delete page.XMLHttpRequest;

    expect(() => listenToNextUpload(() => undefined)).not.toThrow();
  });
});
