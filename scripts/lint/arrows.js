'use strict';

const path = require('node:path');

/**
 * The arrows between the rooms, as an ESLint rule: client, worker → workflows, activities → passes → the ports of domain,
 * which magento, counterpoint and notebook fill; the last two stand on database. Each room lists the rooms it may use,
 * those it may only take types from, and, where it matters, the packages it may use. `domain` stays pure and `workflows` deterministic because nothing else gets in.
 */
const NO_ENGINE = /^@temporalio\//;
const ADAPTERS = ['magento', 'counterpoint', 'notebook', 'notifications'];
const ROOMS = {
  domain: { uses: [], packages: ['decimal.js', 'luxon'] },
  config: { uses: ['domain'], without: NO_ENGINE },
  magento: { uses: ['domain'], without: NO_ENGINE },
  database: { uses: ['domain'], without: NO_ENGINE },
  notebook: { uses: ['domain', 'database'], without: NO_ENGINE },
  counterpoint: { uses: ['domain', 'database', 'notebook'], without: NO_ENGINE },
  notifications: { uses: ['domain'], without: NO_ENGINE },
  workflows: {
    uses: ['domain'],
    types: ['activities', 'passes'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  passes: { uses: ['domain', 'notifications'], types: ['workflows'] },
  activities: { uses: ['domain', 'passes', 'notifications'], types: ['workflows', 'config'] },
  worker: { uses: ['domain', 'config', 'activities', 'passes', 'workflows', ...ADAPTERS] },
  client: { uses: ['domain', 'config', 'activities', 'passes', 'workflows', 'worker', ...ADAPTERS] },
  sandbox: { uses: ['domain'], types: ['counterpoint', 'magento'] },
};

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    docs: { description: 'hold the arrows between the rooms' },
    schema: [{ type: 'object', properties: { root: { type: 'string' } }, additionalProperties: false }],
    messages: {
      room: '{{from}}/ may not use {{to}}/. It may use: {{allowed}}.',
      types: '{{from}}/ may only take types from {{to}}/: write "import type".',
      package: '{{from}}/ may not use the package {{name}}. {{allowed}}',
    },
  },
  create(context) {
    const root = context.options[0]?.root ?? context.cwd;
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const from = file.split('/')[0];
    const room = ROOMS[from];
    if (room === undefined) return {};

    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const found = source.value.startsWith('.')
        ? objectToRoom({ file, from, room, source: source.value, typeOnly })
        : objectToPackage({ from, room, name: source.value, typeOnly });
      if (found !== null) context.report({ node, ...found });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.argument.literal ?? node.argument, true),
      TSExternalModuleReference: (node) => check(node, node.expression, false),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    };
  },
};

function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

function objectToRoom({ file, from, room, source, typeOnly }) {
  const target = path.posix.join(path.posix.dirname(file), source).split('/');
  const to = target[0];
  if (to === from || (ROOMS[to] === undefined && to !== 'test' && to !== 'scripts')) return null;
  const { uses } = room;
  if (uses.includes(to)) return null;
  if (room.types?.includes(to)) return typeOnly ? null : { messageId: 'types', data: { from, to } };
  const allowed = uses.length === 0 ? 'no other room' : uses.join(', ');
  return { messageId: 'room', data: { from, to, allowed } };
}

function objectToPackage({ from, room, name, typeOnly }) {
  if (room.packages !== undefined && !room.packages.includes(name)) {
    // Types leave no trace in a workflow's bundle; in domain/ even those would tie it to a library.
    if (typeOnly && from === 'workflows') return null;
    return { messageId: 'package', data: { from, name, allowed: `It may use: ${room.packages.join(', ')}.` } };
  }
  if (room.without?.test(name)) {
    return { messageId: 'package', data: { from, name, allowed: 'The workflow engine stays out of the adapters.' } };
  }
  return null;
}
