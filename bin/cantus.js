#!/usr/bin/env node
'use strict';

// In a source checkout the sources run as they are, so that nothing has to be built first; the published package
// carries them compiled.
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const sources = path.join(root, 'client', 'main.ts');
if (existsSync(sources)) {
  require('tsx/cjs');
  require(sources);
} else {
  require(path.join(root, 'dist', 'client', 'main.js'));
}
