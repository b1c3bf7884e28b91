import { ShopError, type Errand } from './errors';

/** A call that was not made because the shop had asked to be left alone. */
export const throttled = (errand: Errand, retryAfterMs: number): ShopError =>
  new ShopError(
    {
      kind: 'throttled',
      code: 'shopThrottled',
      message: `The shop had asked for a pause, so Cantus held back while ${errand.doing}.`,
      reason: 'systemDown',
      retryAfterMs,
      ...(errand.order !== undefined ? { order: errand.order } : {}),
    },
    { http: null, phrase: '', what: 'The shop had asked for a pause' },
  );
