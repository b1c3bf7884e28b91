import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Settings } from '../domain/settings';
import { isSecret, isTable } from './references';

const MASK = '***';
const VERSION_LENGTH = 12;

/** The settings for printing: secrets, and a password inside the sandbox's address, become `***`. */
export function maskedSettings(settings: Settings): Settings {
  return mask(settings, []) as Settings;
}

function mask(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) return value;
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mask(entry, [...keys, key])]));
  }
  if (isSecret(keys)) return MASK;
  return typeof value === 'string' ? value.replace(/(:\/\/[^:@/]*):[^@/]*@/, `$1:${MASK}@`) : value;
}

/**
 * A short hash of what the settings decide (SS-H). The same on every machine and in whatever order the keys stand;
 * a renewed secret is no new version.
 */
export function settingsVersion(settings: Settings): string {
  const { module } = settings.hooks;
  const portable = {
    ...settings,
    hooks: { ...settings.hooks, module: module === null ? null : path.basename(module) },
  };
  const text = JSON.stringify(sorted(maskedSettings(portable)));
  return createHash('sha256').update(text).digest('hex').slice(0, VERSION_LENGTH);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isTable(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
