import assert from 'node:assert/strict';
import { engines } from '../../../package.json';
import { releases } from '../../../scripts/lib/codeServer.mjs';
import { matrixSuites } from '../../../scripts/lib/matrixSuites.mjs';
import { namedSuites } from '../../../scripts/lib/runSuites.mjs';
import { suites } from '../../../scripts/lib/suites.mjs';

const names = (chosen: readonly { readonly name: string }[]): string[] => chosen.map(({ name }) => name);

describe('the suites', () => {
  it('hold one that runs in the oldest VS Code that the manifest promises', () => {
    // code-server counts like the VS Code inside, with its own major number.
    assert.equal(`^${releases.minimum.codeServer.replace(/^4\./, '1.')}`, engines.vscode);
  });

  it('are run as they are named, in their own order', () => {
    assert.deepEqual(names(namedSuites(suites, 'host,unit')), ['unit', 'host']);
    assert.throws(
      () => namedSuites(suites, 'unit,nonsense'),
      /There is no suite "nonsense"\. The suites are: lint, /,
    );
  });

  it('of the matrix have names of their own', () => {
    const matrix = names(matrixSuites({ soakMinutes: 1, killRounds: 1 }));
    assert.deepEqual([...new Set(matrix)], matrix);
  });
});
