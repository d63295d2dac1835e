/** Twilsock frames: lengths count bytes, and anything else than a frame is rejected. */
import fc from 'fast-check';
import { decodeFrame, encodeFrame, FrameError } from '../../../../emulator/realtime/twilsock/frames';

describe('a Twilsock frame', () => {
  it('is the magic with the length of the header in bytes, the header, and the payload', () => {
    const frame = encodeFrame({ id: 'TM1', method: 'notification', note: 'ä' }, { text: '🫖' });

    const header =
      '{"id":"TM1","method":"notification","note":"ä","payload_type":"application/json","payload_size":15}';
    expect(frame.toString()).toBe(`TWILSOCK V3.0 ${Buffer.byteLength(header)}\r\n${header}\r\n{"text":"🫖"}`);
  });

  it('ends with an empty line if it has no payload', () => {
    const text = encodeFrame({ id: 'TM1', method: 'ping' }).toString();

    expect(text).toMatch(/"payload_size":0}\r\n$/);
  });

  it('preserves every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (id, text) => {
        const { header, payload } = decodeFrame(encodeFrame({ id, method: 'message' }, { text }));

        expect(header.id).toBe(id);
        expect(JSON.parse(payload.toString())).toEqual({ text });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['another protocol', 'HTTP/1.1 200 OK\r\n{}\r\n'],
    ['a header that is not JSON', 'TWILSOCK V3.0 1\r\n{\r\n'],
    ['a header of another shape', 'TWILSOCK V3.0 4\r\nnull\r\n'],
    ['a header without a method', 'TWILSOCK V3.0 10\r\n{"id":"x"}\r\n'],
    ['a payload that is cut off', 'TWILSOCK V3.0 42\r\n{"id":"x","method":"m","payload_size":9999}\r\n'],
    [
      'a payload of a type without a name',
      'TWILSOCK V3.0 41\r\n{"id":"x","method":"m","payload_type":[]}\r\n',
    ],
    ['a negative payload', 'TWILSOCK V3.0 40\r\n{"id":"x","method":"m","payload_size":-1}\r\n'],
  ])('is not %s', (_case, text) => {
    expect(() => decodeFrame(Buffer.from(text))).toThrow(FrameError);
  });
});
