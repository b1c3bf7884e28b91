import { DEFAULT_RULES, ruleDifferences, rulesFrom } from '../../../domain/order/plan-rules';
import { settingsWith } from '../document/settings';

describe('the rules an order lives by', () => {
  test('P-24 a refused capture is retried by nobody in the reference, and each look says so', () => {
    const said = ruleDifferences(settingsWith({}));
    expect(said.captureRetries).toEqual({ attempts: 0, everyMinutes: 60 });
    expect(rulesFrom(said).captureRetries).toEqual(DEFAULT_RULES.captureRetries);
  });

  test('a history that says nothing of it was written while three retries were the default, and goes on with them', () => {
    expect(rulesFrom(undefined).captureRetries).toEqual({ attempts: 3, everyMinutes: 60 });
    expect(rulesFrom({ tracking: false }).captureRetries.attempts).toBe(3);
  });

  test('what a merchant sets is what an order goes by', () => {
    const settings = settingsWith({
      captures: { retries: { attempts: 3, everyMinutes: 60 }, ambiguous: 'attention', pickupAt: null },
    });
    expect(rulesFrom(ruleDifferences(settings)).captureRetries).toEqual({ attempts: 3, everyMinutes: 60 });
  });
});
