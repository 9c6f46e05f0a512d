/**
 * The script that schedules call: runs the copy of the command line that `current.json` names. Nothing in it changes with
 * a version, so whatever names it goes on working; Windows lets nobody but administrators make links.
 */
export const LAUNCHER = `// Runs the newest copy of the command line of OpenWebUI Sync. The editor's extension keeps the copy up to date.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { folder } = JSON.parse(readFileSync(join(__dirname, 'current.json'), 'utf8'));
require(join(__dirname, folder, 'cli.js'));
`;

/** Scripts here are what they are, whatever a package.json further up says. */
export const LAUNCHER_PACKAGE = `${JSON.stringify({ private: true, type: 'commonjs' }, undefined, 2)}\n`;
