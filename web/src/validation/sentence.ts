import { dotted } from '../json/pointer';
import { toJsonText } from '../json/json-text';
import type { JsonValue } from '../json/value';
import type { Text } from '../text/text';
import type { Violation } from './violation';

/** A violation for people: the server's own words, or the catalogue's. */
export function violationSentence(violation: Violation, text: Text): string {
  if (violation.message !== undefined) return violation.message;
  const says = text.validation;
  const limit = plain(violation.limit);
  switch (violation.keyword) {
    case 'required':
      return says.required(limit);
    case 'type':
      return says.type(Array.isArray(violation.limit) ? violation.limit.map(plain).join(', ') : limit);
    case 'enum':
      return says.oneOf(Array.isArray(violation.limit) ? violation.limit.map(plain).join(', ') : limit);
    case 'const':
      return says.constant(limit);
    case 'minimum':
      return says.minimum(limit);
    case 'maximum':
      return says.maximum(limit);
    case 'exclusiveMinimum':
      return says.exclusiveMinimum(limit);
    case 'exclusiveMaximum':
      return says.exclusiveMaximum(limit);
    case 'multipleOf':
      return says.multipleOf(limit);
    case 'minLength':
      return says.minLength(limit);
    case 'maxLength':
      return says.maxLength(limit);
    case 'pattern':
      return says.pattern(limit);
    case 'minItems':
      return says.minItems(limit);
    case 'maxItems':
      return says.maxItems(limit);
    case 'uniqueItems':
      return says.uniqueItems;
    case 'contains':
      return says.contains;
    case 'minProperties':
      return says.minProperties(limit);
    case 'maxProperties':
      return says.maxProperties(limit);
    case 'propertyNames':
      return says.propertyName(limit);
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'falseSchema':
      return says.notAllowed;
    case 'anyOf':
      return says.anyOf;
    case 'oneOf':
      return says.exactlyOne;
    case 'not':
      return says.not;
    default:
      return says.other(violation.keyword);
  }
}

function plain(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : toJsonText(value);
}

/** With the field's name, for lists that stand apart from the fields. */
export function namedViolation(violation: Violation, text: Text): string {
  const place = dotted(violation.pointer);
  const said = violationSentence(violation, text);
  return place === '' || violation.message !== undefined ? said : `${place}: ${said}`;
}
