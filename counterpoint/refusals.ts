import { misconfigured, refused, type CantusError } from '../domain/errors';
import type { AttentionReason } from '../domain/order/attention';

export interface Refusal {
  readonly reason: AttentionReason;
  readonly code?: string;
  readonly what: string;
  readonly field?: string;
  readonly remedy: string;
}

/** Counterpoint cannot take the order as it is; a person decides. `what` is the middle of a sentence. */
export const refuse = (order: string, refusal: Refusal): CantusError =>
  refused({
    code: refusal.code ?? refusal.reason,
    reason: refusal.reason,
    message: `Order ${order}: ${refusal.what}. ${refusal.remedy}`,
    order,
    remedy: refusal.remedy,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  });

/** The store's set-up lacks something; every order would meet it. */
export const setUpLacks = (order: string, refusal: Omit<Refusal, 'reason'> & { readonly code: string }): CantusError =>
  misconfigured({
    code: refusal.code,
    reason: 'misconfigured',
    message: `Order ${order}: ${refusal.what}. ${refusal.remedy}`,
    order,
    remedy: refusal.remedy,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  });
