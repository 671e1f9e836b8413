/** What of a definition or an instance is its state: the same members at any moment, to be held against each other. */
import type { JsonObject, JsonValue } from '../../json/value';
import type { Definition } from '../definition/definition';
import type { Instance } from '../instance/instance';

type DefinitionMembers =
  | 'name' | 'description' | 'executorType' | 'visibility' | 'enabled' | 'currentVersion' | 'editedSincePublish' | 'configSchema'
  | 'defaultConfig';

export function definitionState(definition: Pick<Definition, DefinitionMembers>): JsonObject {
  const { name, description, executorType, visibility, enabled, currentVersion, editedSincePublish } = definition;
  const { configSchema, defaultConfig } = definition;
  return { name, description, executorType, visibility, enabled, currentVersion, editedSincePublish, configSchema, defaultConfig };
}

type InstanceMembers =
  | 'status' | 'observed' | 'run' | 'definitionKey' | 'definitionVersion' | 'executorType' | 'userId' | 'clientId'
  | 'marketMakingOrderId' | 'faultReason' | 'skipReason' | 'note' | 'executedTrades' | 'startPrice' | 'config';

export function instanceState(instance: Pick<Instance, InstanceMembers>): JsonObject {
  const { status, observed, run, definitionKey, definitionVersion, executorType, userId, clientId } = instance;
  const { marketMakingOrderId, faultReason, skipReason, note, executedTrades, startPrice, config } = instance;
  return {
    status, observed, run, definitionKey, definitionVersion, executorType, userId, clientId, marketMakingOrderId,
    faultReason, skipReason, note, executedTrades, startPrice, config: config as JsonValue,
  };
}
