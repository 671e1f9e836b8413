/** What a start form begins with: nothing, what ran before, or what somebody took along to try it first. */
import type { JsonObject } from '../../json/value';

export interface Beginning {
  userId: string;
  clientId: string;
  orderId: string;
  overrides: JsonObject;
  reason: string;
}

/** Beside the configuration, as addresses carry it. */
export interface Carried {
  user?: string | undefined;
  client?: string | undefined;
  order?: string | undefined;
  reason?: string | undefined;
}

export function carriedOf({ userId, clientId, orderId, reason }: Omit<Beginning, 'overrides'>): Carried {
  return { user: userId || undefined, client: clientId || undefined, order: orderId || undefined, reason: reason || undefined };
}

export function whoIn({ user, client, order, reason }: Carried, before?: { userId: string; clientId: string; marketMakingOrderId: string | null }): Omit<Beginning, 'overrides'> {
  return {
    userId: user ?? before?.userId ?? '',
    clientId: client ?? before?.clientId ?? '',
    orderId: order ?? before?.marketMakingOrderId ?? '',
    reason: reason ?? '',
  };
}
