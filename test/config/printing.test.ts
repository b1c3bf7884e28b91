import path from 'node:path';
import { loadConfig, maskedSettings, settingsVersion } from '../../config';
import type { Settings } from '../../domain/settings';

const FILE = path.resolve(__dirname, '../../config-reference.yaml');
const ENV = {
  ACME_MAGENTO_TOKEN: 'secret-token',
  ACME_SQL_USER: 'cantus',
  ACME_SQL_PASSWORD: 'secret-password',
  ACME_SMTP_URL: 'smtps://user:secret-mail@mail.example',
  ACME_WEBHOOK_URL: 'https://hooks.example/secret-hook',
};

let settings: Settings;
beforeAll(async () => {
  settings = await loadConfig(FILE, ENV);
});

test('printed settings show everything but the secrets', () => {
  const printed = maskedSettings(settings);
  expect(JSON.stringify(settings).match(/secret-/g)).toHaveLength(4);
  expect(JSON.stringify(printed)).not.toContain('secret-');
  expect(printed.counterpoint.connection).toMatchObject({ user: 'cantus', password: '***', server: '127.0.0.1' });
  expect(printed.payments).toEqual(settings.payments);
});

test('a password inside the sandbox’s address is not printed', () => {
  const connection = { kind: 'sandbox', url: 'postgres://me:open@127.0.0.1:5/cp', poolMax: 1 } as const;
  const printed = maskedSettings({ ...settings, counterpoint: { ...settings.counterpoint, connection } });
  expect(printed.counterpoint.connection).toMatchObject({ url: 'postgres://me:***@127.0.0.1:5/cp' });
});

test('a changed setting is a new version', () => {
  const changed: Settings = { ...settings, tracking: { ...settings.tracking, inCounterpoint: false } };
  expect(settingsVersion(settings)).toMatch(/^[0-9a-f]{12}$/);
  expect(settingsVersion(changed)).not.toBe(settingsVersion(settings));
});

test('neither the order of keys, nor a renewed secret, nor the folder of the hooks is a new version', async () => {
  const renewed = await loadConfig(FILE, { ...ENV, ACME_SQL_PASSWORD: 'next' });
  const reversed = Object.fromEntries(Object.entries(renewed).reverse()) as unknown as Settings;
  expect(settingsVersion(reversed)).toBe(settingsVersion(settings));
  const hooked = (module: string): Settings => ({ ...settings, hooks: { module, enabled: true } });
  expect(settingsVersion(hooked('/a/acme.ts'))).toBe(settingsVersion(hooked('/b/acme.ts')));
});
