/** Checks a Flow definition and names every problem at once, as POST /v2/Flows/Validate does. */
import { Ajv, type ValidateFunction } from 'ajv';
import { TwilioError } from '../core/errors';
import { DEFINITION_SCHEMA } from './definition-schema';
import type { Definition, State } from './model';
import { WIDGETS } from './widgets/registry';

interface DefinitionProblem {
  message: string;
  /** For example `#/states/1/properties/workflow`. */
  property_path: string;
}

/** Compiled at the first check, which most emulators never need. */
let compiled: ValidateFunction | undefined;

/** The definition, or 81022 with the problems in `details`. Source: docs https://www.twilio.com/docs/api/errors/81022 */
export function parseDefinition(text: string): Definition {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch {
    throw invalidDefinition([{ message: 'not valid JSON', property_path: '#' }]);
  }
  const problems = findProblems(definition);
  if (problems.length > 0) throw invalidDefinition(problems);
  return definition as Definition;
}

export function findProblems(definition: unknown): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const validateShape = (compiled ??= new Ajv({ allErrors: true, strict: false }).compile(DEFINITION_SCHEMA));
  validateShape(definition);
  for (const { instancePath, message, params, keyword } of validateShape.errors ?? []) {
    // Skip `if` errors; the `then` branch reports the same problem.
    if (keyword === 'if') continue;
    const detail = params['additionalProperty'] ?? params['allowedValues'];
    const suffix = detail === undefined ? '' : `: ${[detail].flat().join(', ')}`;
    problems.push({ message: `${message ?? keyword}${suffix}`, property_path: `#${instancePath}` });
  }
  const states = (definition as { states?: unknown } | null)?.states;
  if (Array.isArray(states)) problems.push(...referenceProblems(definition as Definition, states));
  return problems;
}

/** What a schema cannot express. The definition's shape may be wrong here, because all problems are reported together. */
function referenceProblems(definition: Definition, states: unknown[]): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const known = states.map((state) => (isState(state) ? state : undefined));
  const names = known.map((state) => state?.name ?? (state?.type === 'trigger' ? 'Trigger' : undefined));
  names.forEach((name, index) => {
    if (name !== undefined && names.indexOf(name) !== index) {
      problems.push({ message: `name ${name} is not unique`, property_path: `#/states/${index}/name` });
    }
  });
  if (typeof definition.initial_state === 'string' && !names.includes(definition.initial_state)) {
    problems.push({
      message: `state ${definition.initial_state} does not exist`,
      property_path: '#/initial_state',
    });
  }
  known.forEach((state, index) => {
    if (!state) return;
    const transitions = Array.isArray(state.transitions) ? state.transitions : [];
    transitions.forEach((transition, position) => {
      const next = transition?.next;
      if (next === undefined || names.includes(next)) return;
      const property_path = `#/states/${index}/transitions/${position}/next`;
      problems.push({ message: `state ${next} does not exist`, property_path });
    });
    problems.push(...widgetProblems(state, index));
  });
  return problems;
}

function widgetProblems({ type, properties }: State, index: number): DefinitionProblem[] {
  const found = WIDGETS[type]?.problems?.(Object(properties) as State['properties']) ?? {};
  return Object.entries(found).flatMap(([name, messages]) =>
    messages.map((message) => ({ message, property_path: `#/states/${index}/properties/${name}` })),
  );
}

function isState(value: unknown): value is State {
  return value !== null && typeof value === 'object';
}

function invalidDefinition(problems: DefinitionProblem[]): TwilioError {
  return new TwilioError(400, 81022, 'Flow definition is invalid', { errors: problems });
}
