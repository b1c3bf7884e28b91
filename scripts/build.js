'use strict';

const { execFileSync } = require('node:child_process');
const { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { include } = require('../tsconfig.build.json');

const ROOT = path.join(__dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** Builds what the package publishes: compiled rooms, what they read beside them, and the workflows' bundle. */
async function build() {
  rmSync(DIST, { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  include.forEach(copyAssets);
  // Compiled code finds the version where the sources do: one folder up from its room.
  cpSync(path.join(ROOT, 'package.json'), path.join(DIST, 'package.json'));
  await bundleWorkflows();
}

/** Whatever a room holds that is no source: sample orders, pages, SQL. */
function copyAssets(room) {
  for (const entry of readdirSync(path.join(ROOT, room), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.ts$/.test(entry.name)) continue;
    const file = path.relative(ROOT, path.join(entry.parentPath, entry.name));
    if (existsSync(path.join(DIST, file))) throw new Error(`${file} would overwrite a compiled source; rename it.`);
    mkdirSync(path.dirname(path.join(DIST, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(DIST, file));
  }
}

/** Bundled by the SDK that will run it: worker and bundle must be of one version. */
async function bundleWorkflows() {
  const { makeBundle } = require(path.join(DIST, 'worker', 'bundle.js'));
  const { code } = await makeBundle();
  writeFileSync(path.join(DIST, 'workflow-bundle.js'), code);
}

build().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
