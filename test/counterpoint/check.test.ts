import { settings, storeBench } from '../support/store';
import { openStore, type Store } from '../../counterpoint';
import type { CantusError } from '../../domain/errors';
import type { Settings } from '../../domain/settings';
import { draft } from '../support/drafts';
import { place } from './place';

test('a seeded Counterpoint has no problems, and each defect is named with its remedy', async () => {
  const bench = await storeBench({}, place);
  const { database: db, store } = bench;
  try {
    expect(await store.target.check()).toEqual([]);
    await db.remove('SY_SHIP_VIA_COD', { SHIP_VIA_COD: 'BEST' });
    await db.update('PS_DISC_COD', { DISC_TYP: 'A' }, { DISC_COD: 'WEBDISC' });
    await db.update('PS_DRW_SESSION', { STAT: 'C' }, { STR_ID: 'WEB' });
    await db.update('SY_PAY_COD', { PAY_TYP: 'B' }, { PAY_COD: 'AR' });
    await db.update('PS_STR_CFG_PS', { USE_MISC_1: 'N' }, { STR_ID: 'WEB' });
    await db.query('alter table dbo."PS_DOC_HDR" add "NEW_FLAG" varchar(1) not null default \'N\'');
    await db.query('alter table dbo."PS_DOC_PMT" add "NEW_AMT" decimal(15,2) not null');
    const problems = (await store.target.check()).join('\n');
    expect(problems).toMatch(/Ship-via code BEST/);
    expect(problems).toMatch(/Discount code WEBDISC is a fixed one/);
    expect(problems).toMatch(/no open session.*Open the drawer/);
    expect(problems).toMatch(/Pay code AR of payments.purchaseorder is not of A\/R type/);
    expect(problems).toMatch(/Misc charge 1 is not enabled/);
    expect(problems).toMatch(/Column PS_DOC_PMT.NEW_AMT must be filled/);
    expect(problems).not.toMatch(/NEW_FLAG/);
    await db.query('alter table dbo."PS_DOC_LIN" drop column "LINK_LIN_GUID"');
    expect((await store.target.check()).join('\n')).toMatch(/Column PS_DOC_LIN.LINK_LIN_GUID is missing/);
  } finally {
    await bench.close();
  }
});

test('C5-28 C5-29 fixed codes, document codes and codes for stores only are refused as linked discount codes', async () => {
  const bench = await storeBench({}, place);
  try {
    await bench.database.update(
      'PS_DISC_COD',
      { DISC_TYP: 'P', APPLY_TO: 'H', DISC_VAL_FOR: 'S' },
      { DISC_COD: 'WEBDISC' },
    );
    const problems = (await bench.store.target.check()).join('\n');
    expect(problems).toMatch(/fixed one/);
    expect(problems).toMatch(/whole documents/);
    expect(problems).toMatch(/in stores only/);
  } finally {
    await bench.close();
  }
});

test('C5-58 preflight fails where purchase orders are mapped to anything but an A/R pay code', async () => {
  const bench = await storeBench({}, place);
  const opened: Store[] = [];
  const problemsWith = async (payments: Settings['payments']): Promise<string> => {
    const store = await openStore({ ...bench.settings, payments });
    opened.push(store);
    return (await store.target.check()).join('\n');
  };
  try {
    const cash = { payCode: 'CHECK', kind: 'cash' } as const;
    const wrong = /Purchase orders are mapped to a pay code of kind cash/;
    expect(await problemsWith({ purchaseorder: cash })).toMatch(wrong);
    expect(await problemsWith({ '*': cash })).toBe('');
    expect(await problemsWith({ purchaseorder: { payCode: 'AR', kind: 'ar' }, '*': cash })).toBe('');
  } finally {
    await Promise.all(opened.map((store) => store.close()));
    await bench.close();
  }
});

test('a database that was not set up is told so before any order is touched', async () => {
  const where = await place();
  const store = await openStore(settings(where.connection));
  try {
    const error = (await store.target.createDocument(draft()).catch((thrown: unknown) => thrown)) as CantusError;
    expect(error.facts).toMatchObject({ kind: 'misconfigured', code: 'notPrepared', remedy: 'Run cantus setup.' });
    expect((await store.target.check())[0]).toMatch(/cantus.order_link is missing/);
    await Promise.all([store.notebook.prepare(), store.notebook.prepare()]);
    expect(await store.target.check()).toEqual([]);
  } finally {
    await store.close();
    await where.close();
  }
});

test('a column shorter than a configured code is found at start', async () => {
  const bench = await storeBench({ overrideReason: 'MAGENTO-SHOP' }, place);
  try {
    expect((await bench.store.target.check()).join('\n')).toMatch(
      /counterpoint.overrideReason "MAGENTO-SHOP" has 12 characters, PS_DOC_LIN.PRC_OVRD_REAS allows 10/,
    );
  } finally {
    await bench.close();
  }
});
