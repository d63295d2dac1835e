/**
 * The SDK checks at run time what its methods are given, with decorators of the package `@twilio/declarative-type-validator`.
 * Replaces that package in the bundle, because the compiler checks the types here.
 */
const nothing = () => (): void => undefined;

export {
  nothing as array,
  nothing as custom,
  nothing as literal,
  nothing as nonEmptyArray,
  nothing as nonEmptyString,
  nothing as nonNegativeInteger,
  nothing as objectSchema,
  nothing as pureObject,
  nothing as type,
  nothing as validateConstructorTypes,
  nothing as validateTypes,
  nothing as validateTypesAsync,
};
