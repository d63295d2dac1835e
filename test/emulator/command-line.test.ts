/** What the emulator's own command line says about an invalid option. */
import { parseCli } from '../../emulator/cli-options';

const EXPLAINS =
  /\. The options are --port, --proxy-port, .*, --help: flex-chat-emulator --help explains them\.$/;

it.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['-x'], "Unknown option '-x'"],
  [['--port'], "Option '--port <value>' argument missing"],
])('%p', (args, problem) => {
  expect(() => parseCli(args)).toThrow(problem);
  expect(() => parseCli(args)).toThrow(EXPLAINS);
});
