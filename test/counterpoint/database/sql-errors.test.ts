import { classifySqlError } from '../../../database/sql-errors';

const fault = (facts: object): Error => Object.assign(new Error('words of the database'), facts);

test.each([
  [{ number: 1205 }, 'transient', 'databaseBusy'],
  [{ number: 1222 }, 'transient', 'databaseBusy'],
  [{ number: 2627 }, 'transient', 'duplicateKey'],
  [{ number: 2601 }, 'transient', 'duplicateKey'],
  [{ number: 468 }, 'misconfigured', 'collationDiffers'],
  [{ number: 8003 }, 'refused', 'requestTooLarge'],
  [{ number: 10738 }, 'refused', 'requestTooLarge'],
  [{ number: 547 }, 'refused', 'constraint'],
  [{ number: 8152 }, 'refused', 'fieldTooLong'],
  [{ number: 2628 }, 'refused', 'fieldTooLong'],
  [{ number: 4060 }, 'misconfigured', 'loginRefused'],
  [{ number: 18456 }, 'misconfigured', 'loginRefused'],
  [{ number: 10054 }, 'transient', 'databaseAway'],
  [{ number: 208 }, 'misconfigured', 'schemaDiffers'],
  [{ code: 'ETIMEOUT' }, 'transient', 'databaseAway'],
  [{ code: 'ESOCKET' }, 'transient', 'databaseAway'],
  [{ code: 'ELOGIN' }, 'misconfigured', 'loginRefused'],
  [{ code: '40P01' }, 'transient', 'databaseBusy'],
  [{ code: '55P03' }, 'transient', 'databaseBusy'],
  [{ code: '23505' }, 'transient', 'duplicateKey'],
  [{ code: '23503' }, 'refused', 'constraint'],
  [{ code: '22001' }, 'refused', 'fieldTooLong'],
  [{ code: '28P01' }, 'misconfigured', 'loginRefused'],
  [{ code: '57P01' }, 'transient', 'databaseAway'],
])('%j is %s (%s)', (facts, kind, code) => {
  const error = classifySqlError(fault(facts), 'statement', '100');
  expect(error.facts).toMatchObject({ kind, code, order: '100' });
  expect(error.facts.raw).toMatch(/words of the database/);
  expect(error.message).not.toMatch(/words of the database/);
});

test.each([{ code: 'ESOCKET' }, { code: 'ETIMEOUT' }, { code: 'ECONNRESET' }, { number: 10054 }, {}])(
  'a commit that met %j may have happened: look before anything else',
  (facts) => {
    expect(classifySqlError(fault(facts), 'commit', '100').facts).toMatchObject({
      kind: 'ambiguous',
      code: 'commitUnknown',
    });
  },
);

test('a deadlock at commit is no riddle', () => {
  expect(classifySqlError(fault({ number: 1205 }), 'commit').kind).toBe('transient');
});

test('the first error of a transaction that the server ended is the one that counts', () => {
  const ended = fault({ code: 'EABORT', precedingErrors: [fault({ number: 2627 })] });
  expect(classifySqlError(ended).code).toBe('duplicateKey');
});
