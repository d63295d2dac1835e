/**
 * The SDK checks at run time what its methods are given, with decorators of the package `@twilio/declarative-type-validator`.
 * Stands in its place in the bundle: here the compiler has checked that already.
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
