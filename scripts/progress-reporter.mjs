/** Jest's report in `npm test`: each file with its position and the time left; failures at once and again at the end. */
import { relative } from 'node:path';

const seconds = (ms) => `${Math.round(ms / 1000)} s`;

export default class ProgressReporter {
  #failed = [];

  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  /** `estimatedTime` is in seconds, from earlier runs on this machine; 0 if there were none. */
  onRunStart({ startTime, numTotalTestSuites }, { estimatedTime }) {
    this.startTime = startTime;
    this.expectedMs = estimatedTime * 1000;
    const expected = estimatedTime > 0 ? `about ${estimatedTime} s` : 'unknown duration';
    console.log(`Tests: ${numTotalTestSuites} files, ${expected}`);
  }

  onTestResult(test, result, { numTotalTestSuites, ...counts }) {
    const done = counts.numPassedTestSuites + counts.numFailedTestSuites + counts.numPendingTestSuites;
    const left = done < numTotalTestSuites ? `, ${seconds(this.leftMs(done / numTotalTestSuites))} left` : '';
    const place = `${String(done).padStart(String(numTotalTestSuites).length)}/${numTotalTestSuites}`;
    const hasFailed = result.numFailingTests > 0 || result.failureMessage;
    const file = relative(this.rootDir, test.path);
    const took = seconds(result.perfStats.end - result.perfStats.start);
    console.log(`[${place}${left}] ${hasFailed ? 'FAIL' : 'pass'} ${file} (${took})`);
    for (const { message } of result.console ?? []) console.log(message);
    if (!hasFailed) return;
    console.log(result.failureMessage);
    this.#failed.push(file);
  }

  /** From the durations of earlier runs, or else as if all files took the same time. */
  leftMs(share) {
    const passedMs = Date.now() - this.startTime;
    const expectedMs = this.expectedMs > passedMs ? this.expectedMs : passedMs / share;
    return expectedMs - passedMs;
  }

  onRunComplete(_contexts, results) {
    if (this.#failed.length > 0) console.log(`\nFailed: ${this.#failed.join(', ')}`);
    if (results.runExecError) console.log(results.runExecError.message);
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = results;
    const files = `${results.numTotalTestSuites} files`;
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `${passed} passed, ${failed} failed${rest} in ${files}, ${seconds(Date.now() - this.startTime)}`,
    );
  }
}
