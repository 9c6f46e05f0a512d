// A mocha reporter: prints what mocha's own "spec" reporter prints and writes the counts to a file, so that the runner does
// not have to read them out of text. The file appears only at the end: a suite that dies leaves none.
const { renameSync, writeFileSync } = require('node:fs');
const { format } = require('node:util');
const Mocha = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;
/** Inside an extension host our lines are told from VS Code's own by this mark. */
const mark = process.env.OPENWEBUI_SYNC_LINE_MARK;

if (mark) {
  Mocha.reporters.Base.consoleLog = (...values) => {
    for (const line of format(...values).split('\n')) {
      console.log(mark + line);
    }
  };
}

module.exports = class ResultReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const failures = [];
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.on(EVENT_TEST_FAIL, (test, error) => failures.push(`${test.fullTitle()}: ${error.message}`));
    runner.once(EVENT_RUN_END, () => {
      const file = process.env.OPENWEBUI_SYNC_RESULTS;
      if (file) {
        const { passes, failures: failed } = runner.stats;
        writeFileSync(`${file}.partial`, JSON.stringify({ passed: passes, failed, skipped, failures }));
        renameSync(`${file}.partial`, file);
      }
    });
  }
};
